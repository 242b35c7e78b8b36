package dev.cairn.magics.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that take in the tips of branches, the tags, or every commit. */
final class AllRevisionsOptions {
    @Option(
            names = {"-a", "--all-branches"},
            description = "The tips of all branches.")
    boolean branches;

    @Option(
            names = {"-T", "--all-tags"},
            description = "All tags.")
    boolean tags;

    @Option(
            names = {"-A", "--all-commits"},
            description = "All commits.")
    boolean commits;

    /** Those that were given. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        if (branches) {
            names.add("--all-branches");
        }
        if (tags) {
            names.add("--all-tags");
        }
        if (commits) {
            names.add("--all-commits");
        }
        return names;
    }
}

package dev.cairn.magics.command;

import dev.cairn.engine.data.TransferScope;
import dev.cairn.engine.pipeline.TargetSelection;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that take in other revisions than the workspace's. */
final class ScopeOptions {
    @Option(
            names = {"-a", "--all-branches"},
            description = "Also what the tips of all branches use.")
    private boolean branches;

    @Option(
            names = {"-T", "--all-tags"},
            description = "Also what all tags use.")
    private boolean tags;

    @Option(
            names = {"-A", "--all-commits"},
            description = "Also what any commit uses.")
    private boolean commits;

    TransferScope of(TargetSelection selection) {
        return new TransferScope(selection, branches, tags, commits);
    }

    /** The options that were given. */
    List<String> given() {
        List<String> given = new ArrayList<>();
        if (branches) {
            given.add("--all-branches");
        }
        if (tags) {
            given.add("--all-tags");
        }
        if (commits) {
            given.add("--all-commits");
        }
        return given;
    }
}

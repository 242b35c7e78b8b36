package dev.cairn.magics.command;

import dev.cairn.engine.data.TransferScope;
import dev.cairn.engine.experiment.NamedCommits;
import dev.cairn.engine.pipeline.TargetSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import picocli.CommandLine.Option;

/** The options that take in other revisions than the workspace's. */
final class ScopeOptions {
    @Option(
            names = {"-a", "--all-branches"},
            description = "Take in the tips of all branches.")
    private boolean branches;

    @Option(
            names = {"-T", "--all-tags"},
            description = "Take in all tags.")
    private boolean tags;

    @Option(
            names = {"-A", "--all-commits"},
            description = "Take in every commit.")
    private boolean commits;

    TransferScope of(TargetSelection selection) {
        return new TransferScope(selection, branches, tags, commits);
    }

    /** The commits of the options that were given, by the names they go by. */
    Map<String, ObjectId> commits(NamedCommits commits) {
        return commits.select(branches, tags, this.commits);
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

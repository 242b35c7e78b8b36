package dev.cairn.engine.experiment;

import java.util.List;

/**
 * Which experiments {@code exp show} collects.
 *
 * @param revisions baselines to start from; empty for HEAD unless one of the all-flags is set
 * @param num how many commits back along first parents from each; negative for all, 0 for the workspace only
 * @param force whether to read again what is remembered
 * @param paramDeps whether to keep only parameters that stages depend on
 */
public record ShowRequest(
        List<String> revisions,
        int num,
        boolean allBranches,
        boolean allTags,
        boolean allCommits,
        boolean hideQueued,
        boolean hideFailed,
        boolean force,
        boolean paramDeps) {
    public ShowRequest {
        revisions = List.copyOf(revisions);
    }

    /** The experiments of HEAD. */
    public static ShowRequest ofHead() {
        return new ShowRequest(List.of(), 1, false, false, false, false, false, false, false);
    }

    /** The experiments of the last commits. */
    public ShowRequest withNum(int commits) {
        return new ShowRequest(
                revisions, commits, allBranches, allTags, allCommits, hideQueued, hideFailed, force, paramDeps);
    }
}

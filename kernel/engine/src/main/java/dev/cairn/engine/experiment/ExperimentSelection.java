package dev.cairn.engine.experiment;

import java.util.List;

/**
 * Which experiments a command is about.
 *
 * @param names of experiments; full names of refs are names too
 * @param revisions baselines: all experiments that start from them
 * @param num how many commits back from each baseline; negative for all
 * @param allCommits every experiment there is
 */
public record ExperimentSelection(List<String> names, List<String> revisions, int num, boolean allCommits) {
    public ExperimentSelection {
        names = List.copyOf(names);
        revisions = List.copyOf(revisions);
    }

    public boolean isEmpty() {
        return names.isEmpty() && revisions.isEmpty() && !allCommits;
    }
}

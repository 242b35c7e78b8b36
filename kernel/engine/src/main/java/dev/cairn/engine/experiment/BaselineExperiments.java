package dev.cairn.engine.experiment;

import java.util.List;

/** A commit (or the workspace) and the experiments that start from it, newest first. */
public record BaselineExperiments(RevisionState baseline, List<ExperimentRange> experiments) {
    public BaselineExperiments {
        experiments = List.copyOf(experiments);
    }
}

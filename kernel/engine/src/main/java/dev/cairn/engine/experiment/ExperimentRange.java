package dev.cairn.engine.experiment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One experiment: its revisions from the tip back to the first after the baseline. More than one when it has checkpoints.
 *
 * @param name null for one whose ref is gone (queued without a name)
 * @param revisions tip first
 * @param executor where it runs or waits; null for one that is done
 */
public record ExperimentRange(@Nullable String name, List<RevisionState> revisions, @Nullable Executor executor) {
    public ExperimentRange {
        revisions = List.copyOf(revisions);
    }

    public RevisionState tip() {
        return revisions.get(0);
    }

    /**
     * Where an experiment that is not done runs or waits.
     *
     * @param state {@code running}, {@code queued} or {@code failed}
     * @param name {@code workspace} or {@code dvc-task}
     */
    public record Executor(String state, String name, @Nullable String root, @Nullable Long pid) {}
}

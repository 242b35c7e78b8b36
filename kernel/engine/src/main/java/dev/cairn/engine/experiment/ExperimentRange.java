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
     * @param state {@code running}, {@code queued} or {@code failed}
     * @param name {@code workspace}, {@code tempdir} or {@code dvc-task}; null for a failed one
     * @param local the process; null when nothing is known of it
     */
    public record Executor(String state, @Nullable String name, @Nullable Local local) {}

    /**
     * @param root the directory it runs in
     * @param log the file its output goes to
     * @param taskId hash of the commit that was queued
     */
    public record Local(
            @Nullable String root,
            @Nullable String log,
            @Nullable Long pid,
            @Nullable Long returnCode,
            @Nullable String taskId) {}
}

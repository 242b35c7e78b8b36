package dev.cairn.engine.experiment;

import dev.cairn.engine.reproduce.ReproduceResult;
import dev.cairn.engine.reproduce.RunListener.CheckpointEvent;
import dev.cairn.engine.reproduce.RunListener.Continuation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code exp run} did.
 *
 * @param ref the experiment
 * @param revision its tip, 40 hex
 * @param from name of the experiment that went on; empty for a new one
 * @param checkpoints those of this run, in order
 * @param metrics the numbers in the metric files at the end, by dotted name
 * @param setAside commit with what the workspace had beyond the last checkpoint when the run was interrupted; null when nothing was lost
 */
public record ExperimentResult(
        ExperimentRef ref,
        String revision,
        Continuation continuation,
        String from,
        ReproduceResult run,
        List<CheckpointEvent> checkpoints,
        Map<String, Object> metrics,
        @Nullable String setAside) {
    public ExperimentResult {
        checkpoints = List.copyOf(checkpoints);
        metrics = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(metrics));
    }

    public String name() {
        return ref.name();
    }
}

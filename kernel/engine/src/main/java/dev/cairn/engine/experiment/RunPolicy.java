package dev.cairn.engine.experiment;

import org.jspecify.annotations.Nullable;

/**
 * What Cairn does about an experiment beside what DVC does.
 *
 * @param resume the checkpoint to go on from, as typed; empty for the last one, null to go on when there is something to go on from
 * @param until when to stop; null to let the pipeline end by itself
 * @param keep which checkpoints stay; null for all
 */
public record RunPolicy(@Nullable String resume, @Nullable StopRule until, @Nullable KeepPolicy keep) {
    /** Nothing special. */
    public static final RunPolicy PLAIN = new RunPolicy(null, null, null);
}

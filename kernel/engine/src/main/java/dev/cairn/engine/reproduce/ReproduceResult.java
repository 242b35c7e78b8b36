package dev.cairn.engine.reproduce;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What {@code repro} did.
 *
 * @param outcomes one a stage, in order
 * @param touched files to be committed to Git that were written, relative to the root
 * @param interruption why a checkpoint stage ended early; null when none did
 */
public record ReproduceResult(List<StageOutcome> outcomes, Set<String> touched, @Nullable Interruption interruption) {
    public ReproduceResult {
        outcomes = List.copyOf(outcomes);
        touched = java.util.Collections.unmodifiableSet(new TreeSet<>(touched));
    }

    /**
     * The early end of a checkpoint stage.
     *
     * @param byUser whether the thread was interrupted; else the command failed
     */
    public record Interruption(String stage, boolean byUser, String reason) {}

    public Optional<Interruption> interruptionIfAny() {
        return Optional.ofNullable(interruption);
    }

    /** Whether no stage had anything to do. */
    public boolean isUpToDate() {
        return outcomes.stream().allMatch(o -> o.kind() == StageOutcome.Kind.SKIPPED);
    }
}

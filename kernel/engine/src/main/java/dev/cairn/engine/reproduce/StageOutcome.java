package dev.cairn.engine.reproduce;

import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.StageAddress;
import org.jspecify.annotations.Nullable;

/**
 * How it went with one stage.
 *
 * @param entry what is recorded of it now; null when it was only looked at
 */
public record StageOutcome(StageAddress stage, Kind kind, @Nullable LockEntry entry) {
    /** What was done. */
    public enum Kind {
        SKIPPED,
        RESTORED,
        EXECUTED,
        VERIFIED,
        /** A checkpoint stage that failed or was interrupted after at least one checkpoint. */
        INTERRUPTED,
        /** Not looked at, since a stage before it was interrupted. */
        NOT_REACHED
    }

    /** Whether its lock entry is part of what the run gave. */
    public boolean hasRun() {
        return kind == Kind.EXECUTED || kind == Kind.RESTORED || kind == Kind.INTERRUPTED;
    }
}

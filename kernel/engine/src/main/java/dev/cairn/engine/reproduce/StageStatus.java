package dev.cairn.engine.reproduce;

import java.util.List;

/** Whether a stage has to run. */
public sealed interface StageStatus {
    /** Nothing changed since it last ran. */
    record UpToDate() implements StageStatus {}

    /** It has to run, and why: never empty. */
    record Stale(List<ChangeReason> reasons) implements StageStatus {
        public Stale {
            reasons = List.copyOf(reasons);
        }
    }

    static StageStatus of(List<ChangeReason> reasons) {
        return reasons.isEmpty() ? new UpToDate() : new Stale(reasons);
    }

    default boolean isStale() {
        return this instanceof Stale;
    }

    /** The reasons; empty when up to date. */
    default List<ChangeReason> changes() {
        return this instanceof Stale stale ? stale.reasons() : List.of();
    }
}

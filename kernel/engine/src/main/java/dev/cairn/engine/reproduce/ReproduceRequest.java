package dev.cairn.engine.reproduce;

import java.util.List;
import java.util.Set;

/**
 * What to reproduce.
 *
 * @param targets as typed; empty for every stage of the working directory's dvc.yaml
 * @param inheritsOutput whether commands share this process's standard streams; else their output goes to the listener
 */
public record ReproduceRequest(List<String> targets, Set<Flag> flags, boolean inheritsOutput) {
    public ReproduceRequest {
        targets = List.copyOf(targets);
        flags = Set.copyOf(flags);
    }

    /** The flags of {@code repro} and {@code exp run}. */
    public enum Flag {
        /** Run stages though they did not change. */
        FORCE,
        /** Only the named stages, without what they need. */
        SINGLE_ITEM,
        /** The whole pipelines that the targets are part of. */
        PIPELINE,
        /** Every pipeline of the project. */
        ALL_PIPELINES,
        /** The targets and everything that needs them, without what they need. */
        DOWNSTREAM,
        /** Run everything after a stage that ran. */
        FORCE_DOWNSTREAM,
        /** Tell what would run, and change nothing. */
        DRY,
        /** Leave the cache alone. */
        NO_COMMIT,
        /** Run though the run cache has the outputs. */
        NO_RUN_CACHE,
        /** Bring what is not in the cache from the remote. */
        PULL,
        /** Data that is missing, but was known, is no reason to run. */
        ALLOW_MISSING,
        /** Targets are patterns of stages' names. */
        GLOB,
        /** Targets may be directories: the stages declared in them. */
        RECURSIVE,
        /** Ask before each stage. */
        INTERACTIVE
    }

    public static ReproduceRequest of(String... targets) {
        return new ReproduceRequest(List.of(targets), Set.of(), false);
    }

    boolean has(Flag flag) {
        return flags.contains(flag);
    }
}

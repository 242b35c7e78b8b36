package dev.cairn.engine.reproduce;

import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.Stage;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether stages run for {@code repro} or as part of an experiment.
 *
 * @param environment added to that of every command
 * @param checkpoints gets the checkpoints; null where there are none, and checkpoint stages are refused
 */
public record RunMode(Map<String, String> environment, @Nullable CheckpointSink checkpoints) {
    public RunMode {
        environment = Map.copyOf(environment);
    }

    /** Plain {@code repro}. */
    public static RunMode reproduction(Map<String, String> environment) {
        return new RunMode(environment, null);
    }

    /** Takes a checkpoint when a stage asks for one. The stage waits meanwhile. */
    public interface CheckpointSink {
        /**
         * Tells whether the stage is to go on: if not, its command is ended as by Ctrl-C, and what it has made is its result. Called with
         * the outputs in the cache, which is held, and the lock file written.
         *
         * @param executed lock entries of the stages that ran so far in this run, this one included, by stage name
         * @param touched files for Git that the run has written so far, relative to the root
         */
        boolean record(Stage stage, Map<String, LockEntry> executed, Set<String> touched);

        /** What takes its time after that. Other commands go on meanwhile, the stage does not. */
        void recorded();
    }
}

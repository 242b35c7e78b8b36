package dev.cairn.engine.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * A file or directory that a stage makes, or that a .dvc file tracks.
 *
 * @param declared the path as it is written, relative to the stage's working directory
 * @param path the same relative to the project's root, with {@code /}
 * @param cached whether its content is kept in the cache (and not in Git)
 * @param persist whether it stays when the stage runs again
 * @param checkpoint whether the stage makes checkpoints of it
 * @param push whether it is sent to remotes
 * @param plot how to draw it when it is a plot
 */
public record Output(
        String declared,
        String path,
        Kind kind,
        boolean cached,
        boolean persist,
        boolean checkpoint,
        boolean push,
        @Nullable String remote,
        @Nullable PlotProperties plot) {
    /** Under which key of the stage the output is declared. */
    public enum Kind {
        OUTPUT("outs"),
        METRIC("metrics"),
        PLOT("plots");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        /** The key. */
        public String key() {
            return key;
        }
    }
}

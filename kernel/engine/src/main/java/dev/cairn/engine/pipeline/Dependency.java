package dev.cairn.engine.pipeline;

import java.util.List;

/** What a stage reads. */
public sealed interface Dependency {
    /** The path as it is written, relative to the stage's working directory. */
    String declared();

    /** The path relative to the project's root, with {@code /}. */
    String path();

    /** A file or directory. */
    record OnFile(String declared, String path) implements Dependency {}

    /**
     * Values in a parameter file.
     *
     * @param keys dotted names; empty when every value of the file counts
     */
    record OnParameters(String declared, String path, List<String> keys) implements Dependency {
        public OnParameters {
            keys = List.copyOf(keys);
        }
    }
}

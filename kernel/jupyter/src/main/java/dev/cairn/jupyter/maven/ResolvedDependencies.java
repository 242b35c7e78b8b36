package dev.cairn.jupyter.maven;

import java.nio.file.Path;
import java.util.List;

/**
 * What was found.
 *
 * @param artifacts in the order of a class path
 */
public record ResolvedDependencies(List<Artifact> artifacts) {
    public ResolvedDependencies {
        artifacts = List.copyOf(artifacts);
    }

    /**
     * One artifact.
     *
     * @param key what it is, without its version: {@code group:artifact[:type][:classifier]}
     * @param version which of its versions
     * @param file where it is on this machine
     */
    public record Artifact(String key, String version, Path file) {
        @Override
        public String toString() {
            return key + ":" + version;
        }
    }
}

package dev.cairn.jupyter.maven;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for.
 *
 * @param coordinates artifacts, as {@code group:artifact[:type[:classifier]]:version}
 * @param pom more of them as XML: a project, or parts of one; empty when there is none
 * @param repositories where to look, besides what the user's settings say: {@code id=url} or an address
 * @param options how
 * @param workingDirectory where relative paths begin
 */
public record DependencyRequest(
        List<String> coordinates, String pom, List<String> repositories, Options options, Path workingDirectory) {
    /**
     * How it is to be done.
     *
     * @param isOffline whether only this machine is looked at
     * @param updates whether to ask again for what was not there the last time, and for newer snapshots
     * @param settings a settings file in place of the user's own; null for that one
     */
    public record Options(boolean isOffline, boolean updates, @Nullable Path settings) {}

    public DependencyRequest {
        coordinates = List.copyOf(coordinates);
        repositories = List.copyOf(repositories);
    }
}

package dev.cairn.engine.experiment;

import dev.cairn.engine.metric.FileValues;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that {@code exp show} knows of one revision.
 *
 * @param rev {@code workspace} or 40 hex
 * @param name branch, tag or experiment name; null when it has none
 * @param timestamp when it was committed; null for the workspace
 * @param params by file
 * @param metrics by file
 * @param dependencies by path
 * @param outputs by path
 * @param error why the revision cannot be read, or that its run failed; null otherwise
 */
public record RevisionState(
        String rev,
        @Nullable String name,
        @Nullable Instant timestamp,
        Map<String, FileValues> params,
        Map<String, FileValues> metrics,
        Map<String, PathSummary> dependencies,
        Map<String, PathSummary> outputs,
        boolean hasCheckpoints,
        FileValues.@Nullable FileError error) {
    public static final String WORKSPACE = "workspace";

    static RevisionState unreadable(String rev, @Nullable Instant timestamp, FileValues.FileError error) {
        return new RevisionState(rev, null, timestamp, Map.of(), Map.of(), Map.of(), Map.of(), false, error);
    }

    /** The same state under a branch's, tag's or experiment's name. */
    public RevisionState named(@Nullable String newName) {
        return new RevisionState(
                rev, newName, timestamp, params, metrics, dependencies, outputs, hasCheckpoints, error);
    }

    RevisionState failed() {
        // DVC gives this error no type, and keeps the data.
        return new RevisionState(
                rev,
                name,
                timestamp,
                params,
                metrics,
                dependencies,
                outputs,
                hasCheckpoints,
                new FileValues.FileError("", "Experiment run failed"));
    }

    /** Whether params, metrics and the rest could be read. */
    public boolean isReadable() {
        return error == null || error.type().isEmpty();
    }

    /** The first 7 hex digits, or {@code workspace}. */
    public String shortRev() {
        return rev.equals(WORKSPACE) ? rev : rev.substring(0, 7);
    }

    public boolean isWorkspace() {
        return rev.equals(WORKSPACE);
    }

    /**
     * @param hash null when not known
     * @param cached whether it is kept in the cache (outputs)
     * @param dataSource whether a .dvc file tracks it (outputs)
     */
    public record PathSummary(
            @Nullable String hash,
            @Nullable Long size,
            @Nullable Integer fileCount,
            boolean cached,
            boolean dataSource) {}
}

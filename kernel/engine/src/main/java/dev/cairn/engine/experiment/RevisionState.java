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
 * @param error why the revision cannot be read; null when it can
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

    /** The first 7 hex digits, or {@code workspace}. */
    public String shortRev() {
        return rev.equals(WORKSPACE) ? rev : rev.substring(0, 7);
    }

    public boolean isWorkspace() {
        return rev.equals(WORKSPACE);
    }

    /**
     * What is recorded of one dependency or output.
     *
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

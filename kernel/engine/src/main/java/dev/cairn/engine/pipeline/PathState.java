package dev.cairn.engine.pipeline;

import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import org.jspecify.annotations.Nullable;

/**
 * What a lock file or .dvc file remembers of one dependency or output.
 *
 * @param path as it is written there, relative to the stage's working directory
 * @param hash null when it is not known
 * @param hashName {@code MD5} where the record says {@code hash: md5} (DVC 3), else {@code MD5_DOS2UNIX}
 * @param size bytes on disk; null when not recorded
 * @param fileCount of a directory; null otherwise
 */
public record PathState(
        String path,
        @Nullable ContentHash hash,
        HashName hashName,
        @Nullable Long size,
        @Nullable Integer fileCount,
        boolean executable) {
    public static PathState unknown(String path) {
        return new PathState(path, null, HashName.MD5_DOS2UNIX, null, null, false);
    }
}

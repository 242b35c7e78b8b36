package dev.cairn.engine.data;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to import.
 *
 * @param url the repository, or for a null path the file, folder or address itself
 * @param path what to take out of the repository; null when there is none
 * @param revision of the repository; null for the one that is checked out
 * @param out where to put it, as typed; null for its own name
 * @param file the .dvc file, as typed; null for one beside the data
 * @param annotations {@code desc}, {@code type}, {@code labels}, {@code meta}, in that order
 */
public record ImportRequest(
        String url,
        @Nullable String path,
        @Nullable String revision,
        @Nullable String out,
        @Nullable String file,
        Extent extent,
        boolean force,
        Map<String, Object> annotations) {
    public ImportRequest {
        annotations = new LinkedHashMap<>(annotations);
    }

    /** How much of an import is done. */
    public enum Extent {
        /** Everything. */
        WHOLE,
        /** The data stays where it is; only its version is written down. */
        NO_DOWNLOAD,
        /** Only the .dvc file is written. */
        NO_EXEC,
        /** The data goes to the remote, and not here. */
        TO_REMOTE
    }
}

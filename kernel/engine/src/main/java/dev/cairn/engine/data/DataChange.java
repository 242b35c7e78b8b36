package dev.cairn.engine.data;

import org.jspecify.annotations.Nullable;

/**
 * What became of one tracked path between two moments.
 *
 * @param before null when it was not tracked
 * @param after null when it is not tracked any more
 */
record DataChange(Kind kind, @Nullable DataEntry before, @Nullable DataEntry after) {
    enum Kind {
        ADDED,
        DELETED,
        MODIFIED,
        RENAMED,
        UNCHANGED,
        /** In a directory whose manifest cannot be had. */
        UNKNOWN
    }
}

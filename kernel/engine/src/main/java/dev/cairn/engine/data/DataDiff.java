package dev.cairn.engine.data;

import java.util.List;

/**
 * How the tracked data of two revisions differs. Lists are sorted by path.
 *
 * @param notInCache what changed and of which the old content is not in the cache
 */
public record DataDiff(
        List<DataEntry> added,
        List<DataEntry> deleted,
        List<Pair> modified,
        List<Pair> renamed,
        List<DataEntry> notInCache) {
    public DataDiff {
        added = List.copyOf(added);
        deleted = List.copyOf(deleted);
        modified = List.copyOf(modified);
        renamed = List.copyOf(renamed);
        notInCache = List.copyOf(notInCache);
    }

    /** The same data before and after. */
    public record Pair(DataEntry before, DataEntry after) {}

    public boolean isEmpty() {
        return added.isEmpty() && deleted.isEmpty() && modified.isEmpty() && renamed.isEmpty() && notInCache.isEmpty();
    }

    static DataDiff none() {
        return new DataDiff(List.of(), List.of(), List.of(), List.of(), List.of());
    }
}

package dev.cairn.engine.data;

import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import org.jspecify.annotations.Nullable;

/**
 * Tracked content at one moment: an output, or a file of a directory that is one.
 *
 * @param path relative to the project's root
 * @param hash null when nothing is there
 */
public record DataEntry(String path, @Nullable ContentHash hash, HashName hashName, boolean isDirectory) {
    /** The path, of a directory with {@code /} behind it. */
    public String label() {
        return isDirectory ? path + "/" : path;
    }
}

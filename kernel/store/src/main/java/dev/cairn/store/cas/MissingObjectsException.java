package dev.cairn.store.cas;

import dev.cairn.store.StoreException;
import dev.cairn.store.hash.ContentHash;
import java.nio.file.Path;
import java.util.List;

/** What is to be checked out is not, or not wholly, in the store. Nothing was touched. */
public final class MissingObjectsException extends StoreException {
    private final Path path;
    private final List<ContentHash> missing;

    MissingObjectsException(Path path, List<ContentHash> missing) {
        super(
                "The cache lacks " + missing.size() + (missing.size() == 1 ? " object" : " objects") + " of '" + path
                        + "', the first is " + missing.get(0) + ".",
                "Fetch it from a remote with `pull`, or make it again with `repro`.");
        this.path = path;
        this.missing = List.copyOf(missing);
    }

    public Path path() {
        return path;
    }

    public List<ContentHash> missing() {
        return missing;
    }
}

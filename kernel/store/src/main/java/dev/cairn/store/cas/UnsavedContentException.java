package dev.cairn.store.cas;

import dev.cairn.store.StoreException;
import java.nio.file.Path;

/** What lies at the path is in no store and would be lost. Nothing was touched. */
public final class UnsavedContentException extends StoreException {
    private final Path path;

    UnsavedContentException(Path path) {
        super(
                "unable to remove '" + path + "' without a confirmation. Use `-f` to force.",
                "Save it first with `add` or `commit`, or use -f to lose it.");
        this.path = path;
    }

    public Path path() {
        return path;
    }
}

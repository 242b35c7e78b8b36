package dev.cairn.store.git;

import java.util.List;
import java.util.Optional;

/** SKELETON. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class TreeFiles {
    TreeFiles() {}

    public Optional<byte[]> read(String path) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public boolean exists(String path) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public List<String> list() {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public List<String> list(String prefix) {
        throw dev.cairn.store.Skeleton.notYet();
    }
}

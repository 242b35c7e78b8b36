package dev.cairn.store.cas;

import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import dev.cairn.store.snapshot.FileSnapshot;
import dev.cairn.store.snapshot.Snapshotter;
import java.nio.file.Path;

/** SKELETON. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class Checkout {
    public Checkout(ContentStore store, LinkStrategy links, Snapshotter snapshotter, HashName hashName) {}

    public Change restore(Path target, ContentHash hash, boolean executable, boolean force) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public Change remove(Path target, boolean force) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public void relink(Path path, FileSnapshot snapshot) {
        throw dev.cairn.store.Skeleton.notYet();
    }
}

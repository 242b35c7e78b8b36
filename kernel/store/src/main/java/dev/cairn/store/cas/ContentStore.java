package dev.cairn.store.cas;

import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.snapshot.DirectoryManifest;
import dev.cairn.store.snapshot.FileSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** SKELETON. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class ContentStore {
    private final Path root;
    private final Layout layout;

    public ContentStore(Path root, Layout layout) {
        this.root = root;
        this.layout = layout;
    }

    public Path root() {
        return root;
    }

    public Layout layout() {
        return layout;
    }

    public Path pathOf(ContentHash hash) {
        return layout.pathOf(root, hash);
    }

    public boolean contains(ContentHash hash) {
        return Files.exists(pathOf(hash));
    }

    public boolean containsAll(FileSnapshot snapshot) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public Optional<DirectoryManifest> manifest(ContentHash hash) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public void put(Path source, FileSnapshot snapshot) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public void delete(ContentHash hash) {
        throw dev.cairn.store.Skeleton.notYet();
    }
}

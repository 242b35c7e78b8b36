package dev.cairn.store.remote;

import dev.cairn.store.cas.Layout;
import dev.cairn.store.hash.ContentHash;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;

/** SKELETON. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class LocalRemote implements Remote {
    private final Path root;

    public LocalRemote(Path root, Layout layout) {
        this.root = root;
    }

    @Override
    public Set<ContentHash> findMissing(Collection<ContentHash> hashes) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    @Override
    public void upload(ContentHash hash, Path object) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    @Override
    public void download(ContentHash hash, Path target) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    @Override
    public String describe() {
        return root.toString();
    }
}

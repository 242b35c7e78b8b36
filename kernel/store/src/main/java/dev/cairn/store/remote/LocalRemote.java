package dev.cairn.store.remote;

import dev.cairn.store.StoreException;
import dev.cairn.store.cas.Layout;
import dev.cairn.store.cas.ObjectCopier;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.hash.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** A remote that is a directory: on this machine, a mounted share, a memory stick. Laid out like a cache. */
public final class LocalRemote implements Remote {
    private final Path root;
    private final Layout layout;

    public LocalRemote(Path root, Layout layout) {
        this.root = root.toAbsolutePath().normalize();
        this.layout = layout;
    }

    @Override
    public Set<ContentHash> findMissing(Collection<ContentHash> hashes) {
        Set<ContentHash> missing = new LinkedHashSet<>();
        for (ContentHash hash : hashes) {
            if (!Files.isRegularFile(layout.pathOf(root, hash), LinkOption.NOFOLLOW_LINKS)) {
                missing.add(hash);
            }
        }
        return missing;
    }

    @Override
    public void upload(ContentHash hash, Path object) {
        Path target = layout.pathOf(root, hash);
        if (!copy(hash, object, target)) {
            throw new StoreException(
                    "The object '" + object + "' is damaged: its content is not what its name says.",
                    "Delete it from the cache and fetch or make it again.");
        }
    }

    @Override
    public void download(ContentHash hash, Path target) {
        Path object = layout.pathOf(root, hash);
        if (!copy(hash, object, target)) {
            throw new StoreException(
                    "The remote's object '" + object + "' is damaged: its content is not what its name says.",
                    "Delete it from the remote and push it again from where it is sound.");
        }
    }

    @Override
    public String describe() {
        return root.toString();
    }

    /** Copies unless the content is not what the hash says. */
    private boolean copy(ContentHash hash, Path from, Path to) {
        Path temporary = AtomicFiles.beside(to);
        try {
            Path parent = to.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try {
                ContentHash copied = ObjectCopier.copyAndHash(from, temporary, layout.hashName());
                if (!copied.digits().equals(hash.digits())) {
                    return false;
                }
                ObjectCopier.protect(temporary);
                AtomicFiles.move(temporary, to);
                return true;
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (NoSuchFileException e) {
            throw StoreException.io("find the object '" + from + "'", e);
        } catch (IOException e) {
            throw StoreException.io("copy '" + from + "' to '" + to + "'", e);
        }
    }
}

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
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A remote that is a directory: on this machine, a mounted share, a memory stick. Laid out like a cache. */
public final class LocalRemote implements Remote {
    /** Others may upload to it from machines whose processes are not known here. */
    private static final Duration ABANDONED = Duration.ofHours(1);

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
    public List<ContentHash> list() {
        try {
            return layout.list(root);
        } catch (IOException e) {
            throw StoreException.io("list the remote '" + root + "'", e);
        }
    }

    @Override
    public void delete(ContentHash hash) {
        Path object = layout.pathOf(root, hash);
        try {
            Files.deleteIfExists(object);
        } catch (IOException e) {
            throw StoreException.io("delete the remote's object '" + object + "'", e);
        }
    }

    @Override
    public void sweep(Collection<ContentHash> hashes) {
        Set<Path> directories = new LinkedHashSet<>();
        hashes.forEach(hash -> directories.add(layout.pathOf(root, hash).getParent()));
        try {
            for (Path directory : directories) {
                AtomicFiles.sweep(directory, Instant.now().minus(ABANDONED));
            }
        } catch (IOException e) {
            throw StoreException.io("clean the remote '" + root + "'", e);
        }
    }

    @Override
    public Set<String> files(String directory) {
        Path start = root.resolve(directory);
        if (!Files.isDirectory(start)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(path -> !path.endsWith(".tmp"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw StoreException.io("list '" + start + "'", e);
        }
    }

    @Override
    public void send(Path file, String path) {
        copy(file, below(path));
    }

    @Override
    public void receive(String path, Path target) {
        copy(below(path), target);
    }

    private Path below(String path) {
        Path file = root.resolve(path).normalize();
        if (!file.startsWith(root)) {
            throw new StoreException("The path '" + path + "' leads out of the remote '" + root + "'.", "");
        }
        return file;
    }

    private static void copy(Path from, Path to) {
        try {
            AtomicFiles.makeDirectories(
                    Objects.requireNonNull(to.toAbsolutePath().getParent(), "a root is no file"));
            AtomicFiles.create(to, temporary -> Files.copy(from, temporary));
        } catch (IOException e) {
            throw StoreException.io("copy '" + from + "' to '" + to + "'", e);
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

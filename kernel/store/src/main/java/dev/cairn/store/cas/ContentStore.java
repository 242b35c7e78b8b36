package dev.cairn.store.cas;

import dev.cairn.store.StoreException;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.ContentHasher;
import dev.cairn.store.hash.HashName;
import dev.cairn.store.parallel.Parallel;
import dev.cairn.store.snapshot.DirectoryManifest;
import dev.cairn.store.snapshot.FileSnapshot;
import dev.cairn.store.snapshot.Snapshotter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Objects by the hash of their content: DVC's cache. An object appears whole or not at all, is read-only (0444) and never
 * rewritten. Safe for several threads and processes.
 */
public final class ContentStore {
    private final Path root;
    private final Layout layout;

    public ContentStore(Path root, Layout layout) {
        this.root = root.toAbsolutePath().normalize();
        this.layout = layout;
    }

    /** The store's directory; it need not exist yet. */
    public Path root() {
        return root;
    }

    /** Where objects lie below the root. */
    public Layout layout() {
        return layout;
    }

    /** The file of the object, which need not exist. */
    public Path pathOf(ContentHash hash) {
        return layout.pathOf(root, hash);
    }

    /** Whether the object is here. */
    public boolean contains(ContentHash hash) {
        return Files.isRegularFile(pathOf(hash), LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether all of the content is here: of a directory the manifest and every file. Nothing is always here. */
    public boolean containsAll(FileSnapshot snapshot) {
        if (snapshot instanceof FileSnapshot.Directory directory) {
            return contains(directory.hash()) && missingOf(directory.manifest()).isEmpty();
        }
        return snapshot.contentHash().map(this::contains).orElse(true);
    }

    /** The directory's files that are not here. */
    public List<ContentHash> missingOf(DirectoryManifest manifest) {
        Set<ContentHash> hashes = new HashSet<>();
        manifest.entries().forEach(entry -> hashes.add(entry.hash()));
        return findMissing(hashes);
    }

    /** Which of the objects are not here. */
    public List<ContentHash> findMissing(Collection<ContentHash> hashes) {
        return hashes.stream().filter(hash -> !contains(hash)).toList();
    }

    /** The manifest, if it is here. Throws when the object is not what its name says. */
    public Optional<DirectoryManifest> manifest(ContentHash hash) {
        Path object = pathOf(hash);
        try {
            byte[] bytes = Files.readAllBytes(object);
            ContentHash actual = ContentHasher.hash(bytes, layout.hashName());
            if (!actual.digits().equals(hash.digits())) {
                throw damaged(object);
            }
            return Optional.of(DirectoryManifest.parse(bytes));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StoreException.io("read '" + object + "'", e);
        }
    }

    /**
     * Stores what lies at {@code source} and was seen as {@code snapshot}; what is here already is passed over. A directory's
     * manifest comes last, so that a manifest promises its files. The source is only read. When its content is no longer what
     * the snapshot says, nothing of that is stored and this throws.
     */
    public void put(Path source, FileSnapshot snapshot) {
        if (snapshot instanceof FileSnapshot.RegularFile file) {
            putFile(source, file.hash());
        } else if (snapshot instanceof FileSnapshot.Directory directory) {
            Parallel.map(absentMembers(directory.manifest()), entry -> {
                putFile(source.resolve(entry.path()), entry.hash());
                return entry;
            });
            putBytes(directory.hash(), directory.manifest().toBytes());
        } else {
            throw new StoreException("'" + source + "' does not exist.", "Make it first, for example with `repro`.");
        }
    }

    /**
     * Looks at what lies at {@code source} and stores it. Content of a file that nothing is known about yet is read only once, and
     * written while it is hashed; so this is for what is probably new.
     */
    public FileSnapshot take(Path source, Snapshotter snapshotter) {
        FileSnapshot snapshot = snapshotter.snapshot(source, layout.hashName(), this::copyIn);
        if (!(snapshot instanceof FileSnapshot.Missing)) {
            put(source, snapshot);
        }
        return snapshot;
    }

    private ContentHash copyIn(Path source, HashName name) {
        Path temporary = AtomicFiles.beside(root.resolve("new"));
        boolean isPlaced = false;
        try {
            AtomicFiles.makeDirectories(root);
            try {
                ContentHash hash = ObjectCopier.copyAndHash(source, temporary, name);
                if (!verify(hash)) {
                    ObjectCopier.protect(temporary);
                    Path object = pathOf(hash);
                    ObjectCopier.makeParents(object);
                    AtomicFiles.move(temporary, object);
                    isPlaced = true;
                }
                return hash;
            } finally {
                if (!isPlaced) {
                    Files.deleteIfExists(temporary);
                }
            }
        } catch (IOException e) {
            throw StoreException.io("save '" + source + "' in the cache '" + root + "'", e);
        }
    }

    /** Stores bytes under the hash, which must be theirs; passed over when it is here. */
    public void putBytes(ContentHash hash, byte[] content) {
        if (contains(hash)) {
            return;
        }
        ContentHash actual = ContentHasher.hash(content, layout.hashName());
        if (!actual.digits().equals(hash.digits())) {
            throw new StoreException("Content that is to be saved as " + hash + " has the hash " + actual + ".", "");
        }
        placeNew(hash, pathOf(hash), temporary -> Files.write(temporary, content));
    }

    /** Every object that is here. */
    public List<ContentHash> list() {
        try {
            return layout.list(root);
        } catch (IOException e) {
            throw StoreException.io("list the cache '" + root + "'", e);
        }
    }

    /** Removes the object; absent is fine. */
    public void delete(ContentHash hash) {
        Path object = pathOf(hash);
        try {
            Files.deleteIfExists(object);
        } catch (IOException e) {
            throw StoreException.io("delete '" + object + "'", e);
        }
    }

    /** Removes half-written files that a killed process left: those that nobody has written to since then. Tells how many. */
    public int sweep(Instant since) {
        Path objects = layout.objects(root);
        List<Path> places = new ArrayList<>(List.of(root));
        int removed = 0;
        try {
            if (Files.isDirectory(objects)) {
                try (DirectoryStream<Path> prefixes = Files.newDirectoryStream(objects, "[0-9a-f][0-9a-f]")) {
                    prefixes.forEach(places::add);
                }
            }
            for (Path place : places) {
                removed += AtomicFiles.sweep(place, since);
            }
            return removed;
        } catch (IOException e) {
            throw StoreException.io("clean the cache '" + root + "'", e);
        }
    }

    /**
     * Whether the object is here and sound. An object that somebody made writable is read: when its content is no longer what its
     * name says it is removed, as DVC does.
     */
    public boolean verify(ContentHash hash) {
        Path object = pathOf(hash);
        if (!contains(hash)) {
            return false;
        }
        try {
            if (ObjectCopier.isProtected(object)) {
                return true;
            }
            if (ContentHasher.hash(object, layout.hashName()).digits().equals(hash.digits())) {
                ObjectCopier.protect(object);
                return true;
            }
            Files.deleteIfExists(object);
            return false;
        } catch (IOException e) {
            throw StoreException.io("check '" + object + "'", e);
        }
    }

    private List<DirectoryManifest.Entry> absentMembers(DirectoryManifest manifest) {
        Set<ContentHash> seen = new HashSet<>();
        List<DirectoryManifest.Entry> absent = new ArrayList<>();
        for (DirectoryManifest.Entry entry : manifest.entries()) {
            if (seen.add(entry.hash()) && !verify(entry.hash())) {
                absent.add(entry);
            }
        }
        return absent;
    }

    private void putFile(Path source, ContentHash hash) {
        if (verify(hash)) {
            return;
        }
        placeNew(hash, source, temporary -> {
            ContentHash copied = ObjectCopier.copyAndHash(source, temporary, layout.hashName());
            if (!copied.equals(hash)) {
                throw ObjectCopier.changedWhileCopied(source);
            }
        });
    }

    private void placeNew(ContentHash hash, Path source, AtomicFiles.Filler filler) {
        Path object = pathOf(hash);
        try {
            ObjectCopier.makeParents(object);
            AtomicFiles.create(object, temporary -> {
                filler.fill(temporary);
                ObjectCopier.protect(temporary);
            });
        } catch (IOException e) {
            throw StoreException.io("save '" + source + "' in the cache '" + root + "'", e);
        }
    }

    private static StoreException damaged(Path object) {
        return new StoreException(
                "The object '" + object + "' is damaged: its content is not what its name says.",
                "Delete it and fetch it again with `pull`.");
    }
}

package dev.cairn.store.cas;

import dev.cairn.store.StoreException;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import dev.cairn.store.parallel.Parallel;
import dev.cairn.store.snapshot.DirectoryManifest;
import dev.cairn.store.snapshot.FileSnapshot;
import dev.cairn.store.snapshot.Snapshotter;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes workspace paths equal to objects of a store, touching only what differs. Content that is in no store is never lost
 * unless the caller forces it; all checks come before the first change. Ignored files are left alone.
 */
public final class Checkout {
    private final ContentStore store;
    private final LinkStrategy links;
    private final Snapshotter snapshotter;
    private final HashName hashName;

    /** Checks content out of {@code store}; {@code hashName} is the hash that names what is in the workspace. */
    public Checkout(ContentStore store, LinkStrategy links, Snapshotter snapshotter, HashName hashName) {
        this.store = store;
        this.links = links;
        this.snapshotter = snapshotter;
        this.hashName = hashName;
    }

    /**
     * Makes the file or directory at {@code target} equal to the object.
     *
     * @param executable whether a file may be executed by its owner; of no meaning for directories
     * @param force whether content that is in no store may be lost
     * @throws MissingObjectsException when content is needed that the store lacks
     * @throws UnsavedContentException when unforced and content would be lost
     */
    public Change restore(Path target, ContentHash hash, boolean executable, boolean force) {
        Path path = target.toAbsolutePath().normalize();
        FileSnapshot present = snapshotter.snapshot(path, hashName);
        if (present.contentHash().filter(hash::equals).isPresent()) {
            fixMode(path, present, executable);
            return Change.UNCHANGED;
        }
        if (hash.isDirectory()) {
            restoreDirectory(path, hash, present, force);
        } else {
            restoreFile(path, hash, executable, present, force);
        }
        return present instanceof FileSnapshot.Missing ? Change.ADDED : Change.MODIFIED;
    }

    /**
     * What a checkout of content that is only partly there came to.
     *
     * @param missing files whose content is not in the store; the path itself when not even a directory's manifest is
     */
    public record Partial(Change change, List<Path> missing) {
        public Partial {
            missing = List.copyOf(missing);
        }
    }

    /**
     * Makes the path equal to the object as far as the store has it. A file whose content is missing is left out, and what was in
     * its place goes when the store has that.
     *
     * @throws UnsavedContentException when unforced and content would be lost; nothing was touched then
     */
    public Partial restoreAvailable(Path target, ContentHash hash, boolean executable, boolean force) {
        Path path = target.toAbsolutePath().normalize();
        if (hash.isDirectory()) {
            Optional<DirectoryManifest> manifest = store.manifest(hash);
            return manifest.isPresent() ? restoreAvailable(path, manifest.get(), force) : removeUnknown(path, force);
        }
        FileSnapshot present = snapshotter.snapshot(path, hashName);
        boolean isHere = store.verify(hash);
        boolean isSame = present.contentHash().filter(hash::equals).isPresent();
        if (isSame && isHere) {
            fixMode(path, present, executable);
            return new Partial(Change.UNCHANGED, List.of());
        }
        requireSaved(path, contents(present).values(), force);
        if (isHere) {
            restoreFile(path, hash, executable, present, force);
            Change change = present instanceof FileSnapshot.Missing ? Change.ADDED : Change.MODIFIED;
            return new Partial(change, List.of());
        }
        boolean isSaved = contents(present).values().stream().allMatch(store::contains);
        if (isSaved) {
            removeContents(path, present);
        }
        return new Partial(Change.UNCHANGED, List.of(path));
    }

    /** Removes what is at a path of which nobody knows what it should be. */
    public Partial removeUnknown(Path target, boolean force) {
        Path path = target.toAbsolutePath().normalize();
        FileSnapshot present = snapshotter.snapshot(path, hashName);
        if (!(present instanceof FileSnapshot.Missing)) {
            boolean isSaved = present.contentHash().filter(store::contains).isPresent()
                    && contents(present).values().stream().allMatch(store::contains);
            if (!isSaved && !force) {
                throw new UnsavedContentException(path);
            }
            if (isSaved) {
                removeContents(path, present);
            }
        }
        return new Partial(Change.UNCHANGED, List.of(path));
    }

    /** The same as for a directory's hash, for a directory that is only a part of a tracked one, too. */
    public Partial restoreAvailable(Path target, DirectoryManifest manifest, boolean force) {
        Path path = target.toAbsolutePath().normalize();
        FileSnapshot present = snapshotter.snapshot(path, hashName);
        Map<String, ContentHash> now = present instanceof FileSnapshot.Directory directory
                ? directory.manifest().byPath()
                : Map.of();
        Set<ContentHash> absent = absentObjects(manifest);
        List<DirectoryManifest.Entry> changed = new ArrayList<>();
        List<DirectoryManifest.Entry> kept = new ArrayList<>();
        List<Path> missing = new ArrayList<>();
        Map<String, ContentHash> extra = new LinkedHashMap<>(now);
        Map<String, ContentHash> lost = new LinkedHashMap<>();
        for (DirectoryManifest.Entry entry : manifest.entries()) {
            ContentHash before = extra.remove(entry.path());
            boolean isMissing = absent.contains(entry.hash());
            boolean isSame = entry.hash().equals(before);
            if (isMissing) {
                missing.add(path.resolve(entry.path()));
            } else {
                (isSame ? kept : changed).add(entry);
            }
            if (before != null && (isMissing || !isSame)) {
                lost.put(entry.path(), before);
            }
        }
        lost.putAll(extra);
        if (present instanceof FileSnapshot.RegularFile file) {
            requireSaved(path, List.of(file.hash()), force);
        }
        lost.forEach((name, hash) -> requireSaved(path.resolve(name), List.of(hash), force));
        boolean isUnchanged = changed.isEmpty() && extra.isEmpty() && present instanceof FileSnapshot.Directory;
        // An object that is not in the store may be the only copy's name: such a file stays.
        manifest.entries().stream()
                .filter(entry -> absent.contains(entry.hash()) && lost.containsKey(entry.path()))
                .filter(entry -> store.contains(Objects.requireNonNull(lost.get(entry.path()))))
                .forEach(entry -> deleteFile(path.resolve(entry.path())));
        if (isUnchanged) {
            return new Partial(Change.UNCHANGED, missing);
        }
        if (!(present instanceof FileSnapshot.Directory)) {
            deleteFile(path);
        }
        extra.keySet().forEach(name -> deleteFile(path.resolve(name)));
        pruneEmpty(path, extra.keySet());
        if (kept.size() <= changed.size()) {
            // DVC takes files that it checked out one by one for outputs of their own, and its next checkout would
            // remove them. It knows them by inode and time, so they are made anew with the rest.
            changed.addAll(kept);
        }
        makeDirectories(path, changed);
        Parallel.map(changed, entry -> links.link(store.pathOf(entry.hash()), path.resolve(entry.path()), false));
        return new Partial(present instanceof FileSnapshot.Missing ? Change.ADDED : Change.MODIFIED, missing);
    }

    private Set<ContentHash> absentObjects(DirectoryManifest manifest) {
        Set<ContentHash> hashes = new HashSet<>();
        manifest.entries().forEach(entry -> hashes.add(entry.hash()));
        hashes.removeIf(store::verify);
        return hashes;
    }

    /** Removes what is at the path, ignored files excepted. */
    public Change remove(Path target, boolean force) {
        Path path = target.toAbsolutePath().normalize();
        FileSnapshot present = snapshotter.snapshot(path, hashName);
        if (present instanceof FileSnapshot.Missing) {
            return removeDanglingLink(path);
        }
        requireSaved(path, contents(present).values(), force);
        removeContents(path, present);
        return Change.DELETED;
    }

    /**
     * Does to a path what DVC does after it stored its content: with a link type the files become links into the store; as copies
     * they stay as they are but get the modes of checked out ones.
     */
    public void relink(Path target, FileSnapshot snapshot) {
        Path path = target.toAbsolutePath().normalize();
        if (snapshot instanceof FileSnapshot.RegularFile file) {
            relinkFile(path, file.hash(), file.executable());
        } else if (snapshot instanceof FileSnapshot.Directory directory) {
            Parallel.map(directory.manifest().entries(), entry -> {
                relinkFile(path.resolve(entry.path()), entry.hash(), false);
                return entry;
            });
        }
    }

    private void relinkFile(Path path, ContentHash hash, boolean executable) {
        Path object = store.pathOf(hash);
        try {
            boolean linked = LinkStrategy.isSameFile(object, path);
            // Text that differs in line ends only has one hash: the object may hold other bytes than the file.
            boolean hasOtherBytes = !linked && Files.size(object) != Files.size(path);
            boolean replace = links.keepsCopies() ? linked || hasOtherBytes || Files.isSymbolicLink(path) : !linked;
            if (replace) {
                links.link(object, path, executable);
            } else if (links.keepsCopies()) {
                ObjectCopier.setWorkspaceMode(path, executable);
            }
        } catch (IOException e) {
            throw StoreException.io("link '" + path + "' to the cache", e);
        }
    }

    private void restoreFile(Path path, ContentHash hash, boolean executable, FileSnapshot present, boolean force) {
        if (!store.verify(hash)) {
            throw new MissingObjectsException(path, List.of(hash));
        }
        requireSaved(path, contents(present).values(), force);
        if (present instanceof FileSnapshot.Directory) {
            removeContents(path, present);
            requireGone(path);
        }
        links.link(store.pathOf(hash), path, executable);
    }

    private void restoreDirectory(Path path, ContentHash hash, FileSnapshot present, boolean force) {
        DirectoryManifest manifest =
                store.manifest(hash).orElseThrow(() -> new MissingObjectsException(path, List.of(hash)));
        Map<String, ContentHash> now = present instanceof FileSnapshot.Directory directory
                ? directory.manifest().byPath()
                : Map.of();
        List<DirectoryManifest.Entry> changed = manifest.entries().stream()
                .filter(entry -> !entry.hash().equals(now.get(entry.path())))
                .toList();
        Map<String, ContentHash> extra = new LinkedHashMap<>(now);
        extra.keySet().removeAll(manifest.byPath().keySet());
        requireObjects(path, changed);
        requireSaved(path, lostBy(present, now, changed, extra), force);

        if (!(present instanceof FileSnapshot.Directory)) {
            deleteFile(path);
        }
        extra.keySet().forEach(name -> deleteFile(path.resolve(name)));
        pruneEmpty(path, extra.keySet());
        makeDirectories(path, changed);
        Parallel.map(changed, entry -> links.link(store.pathOf(entry.hash()), path.resolve(entry.path()), false));
    }

    private void requireObjects(Path path, List<DirectoryManifest.Entry> entries) {
        Set<ContentHash> hashes = new HashSet<>();
        entries.forEach(entry -> hashes.add(entry.hash()));
        List<ContentHash> missing =
                hashes.stream().filter(hash -> !store.verify(hash)).sorted().toList();
        if (!missing.isEmpty()) {
            throw new MissingObjectsException(path, missing);
        }
    }

    private static Collection<ContentHash> lostBy(
            FileSnapshot present,
            Map<String, ContentHash> now,
            List<DirectoryManifest.Entry> changed,
            Map<String, ContentHash> extra) {
        Set<ContentHash> lost = new HashSet<>(extra.values());
        for (DirectoryManifest.Entry entry : changed) {
            ContentHash before = now.get(entry.path());
            if (before != null) {
                lost.add(before);
            }
        }
        if (present instanceof FileSnapshot.RegularFile file) {
            lost.add(file.hash());
        }
        return lost;
    }

    private void requireSaved(Path path, Collection<ContentHash> hashes, boolean force) {
        if (!force && hashes.stream().anyMatch(hash -> !store.contains(hash))) {
            throw new UnsavedContentException(path);
        }
    }

    private static Map<String, ContentHash> contents(FileSnapshot present) {
        if (present instanceof FileSnapshot.Directory directory) {
            return directory.manifest().byPath();
        }
        return present instanceof FileSnapshot.RegularFile file ? Map.of("", file.hash()) : Map.of();
    }

    private static void removeContents(Path path, FileSnapshot present) {
        if (!(present instanceof FileSnapshot.Directory directory) || Files.isSymbolicLink(path)) {
            deleteFile(path);
            return;
        }
        Set<String> names = directory.manifest().byPath().keySet();
        names.forEach(name -> deleteFile(path.resolve(name)));
        pruneEmpty(path, names);
        deleteEmptyTree(path);
    }

    private static Change removeDanglingLink(Path path) {
        if (!Files.isSymbolicLink(path)) {
            return Change.UNCHANGED;
        }
        deleteFile(path);
        return Change.DELETED;
    }

    /** Members whose parents are in the way: a file or a link where a directory has to be. */
    private static void makeDirectories(Path root, List<DirectoryManifest.Entry> entries) {
        Set<Path> parents = new TreeSet<>();
        parents.add(root);
        for (DirectoryManifest.Entry entry : entries) {
            for (Path parent = root.resolve(entry.path()).getParent();
                    parent != null && !parent.equals(root);
                    parent = parent.getParent()) {
                parents.add(parent);
            }
        }
        parents.forEach(parent -> makeRealDirectory(root, parent));
        entries.forEach(entry -> clearWay(root.resolve(entry.path())));
    }

    private static void makeRealDirectory(Path root, Path directory) {
        try {
            boolean followed = directory.equals(root);
            boolean present =
                    followed ? Files.isDirectory(directory) : Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
            if (present) {
                return;
            }
            if (!followed) {
                // A link here could lead anywhere; its target is left as it is.
                Files.deleteIfExists(directory);
            }
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw StoreException.io("make the directory '" + directory + "'", e);
        }
    }

    /** A directory where a file has to be may hold nothing that counts. */
    private static void clearWay(Path file) {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            deleteEmptyTree(file);
            requireGone(file);
        }
    }

    private static void requireGone(Path path) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new StoreException(
                    "'" + path + "' has to become a file but holds files that DVC ignores.",
                    "Move those files away, then run the command again.");
        }
    }

    private static void deleteFile(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw StoreException.io("delete '" + file + "'", e);
        }
    }

    private static void pruneEmpty(Path root, Collection<String> removed) {
        Set<Path> parents = new HashSet<>();
        for (String name : removed) {
            for (Path parent = root.resolve(name).getParent();
                    parent != null && !parent.equals(root) && parents.add(parent);
                    parent = parent.getParent()) {
                // every directory between is a candidate
            }
        }
        List<Path> deepestFirst = new ArrayList<>(parents);
        deepestFirst.sort((a, b) -> Integer.compare(b.getNameCount(), a.getNameCount()));
        deepestFirst.forEach(Checkout::deleteIfEmpty);
    }

    private static void deleteEmptyTree(Path directory) {
        try (var children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    deleteEmptyTree(child);
                }
            }
        } catch (IOException e) {
            throw StoreException.io("list '" + directory + "'", e);
        }
        deleteIfEmpty(directory);
    }

    private static void deleteIfEmpty(Path directory) {
        try {
            Files.delete(directory);
        } catch (DirectoryNotEmptyException | NoSuchFileException e) {
            // Files that do not count live here, or somebody was faster: both are fine.
            return;
        } catch (IOException e) {
            throw StoreException.io("delete '" + directory + "'", e);
        }
    }

    private void fixMode(Path path, FileSnapshot present, boolean executable) {
        if (!(present instanceof FileSnapshot.RegularFile file) || file.executable() == executable) {
            return;
        }
        try {
            if (!LinkStrategy.isSameFile(store.pathOf(file.hash()), path)) {
                ObjectCopier.setWorkspaceMode(path, executable);
            }
        } catch (IOException e) {
            throw StoreException.io("change the mode of '" + path + "'", e);
        }
    }
}

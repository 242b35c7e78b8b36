package dev.cairn.store.git;

import dev.cairn.store.StoreException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.dircache.Checkout;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheCheckout.CheckoutMetadata;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.TreeWalk.OperationType;
import org.eclipse.jgit.treewalk.WorkingTreeOptions;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.util.SystemReader;

/**
 * Makes the tracked files of the work tree equal to a tree. HEAD and index stay as they are, and so do untracked files that are
 * not in the tree. What differs on disk is written, each file in one step; all checks come before the first change.
 */
public final class WorkspaceRestorer {
    private final GitRepository repository;
    private final WorkspaceScanner scanner;

    public WorkspaceRestorer(GitRepository repository) {
        this.repository = repository;
        this.scanner = new WorkspaceScanner(repository);
    }

    /**
     * Writes the files of {@code toTree} that are not on disk as it has them, and deletes the files that {@code fromTree} or the
     * index has and {@code toTree} has not. Returns the paths of both, sorted. Submodules are left alone.
     */
    public List<String> restore(ObjectId fromTree, ObjectId toTree) {
        try {
            Map<String, WorkspaceScanner.Content> wanted = files(toTree);
            DirCache index = repository.index();
            Set<String> tracked = new TreeSet<>(files(fromTree).keySet());
            List<DirCacheEntry> entries = entries(index);
            entries.forEach(entry -> tracked.add(entry.getPathString()));
            wanted.keySet().forEach(WorkspaceRestorer::requireSafe);

            Set<String> toWrite = differing(wanted, index, entries);
            Set<String> toDelete = existing(tracked, wanted.keySet());
            new Obstacles(toDelete).requireNone(toWrite);
            toDelete.forEach(this::delete);
            toDelete.forEach(this::pruneParents);
            write(toTree, toWrite);
            Set<String> changed = new TreeSet<>(toWrite);
            changed.addAll(toDelete);
            return List.copyOf(changed);
        } catch (IOException e) {
            throw WorkspaceScanner.failed(repository, e);
        }
    }

    private Map<String, WorkspaceScanner.Content> files(ObjectId tree) throws IOException {
        Map<String, WorkspaceScanner.Content> files = new LinkedHashMap<>();
        try (TreeWalk walk = new TreeWalk(repository.repository())) {
            walk.addTree(repository.treeOf(tree));
            walk.setRecursive(true);
            while (walk.next()) {
                if (walk.getFileMode(0) != FileMode.GITLINK) {
                    files.put(
                            walk.getPathString(),
                            new WorkspaceScanner.Content(walk.getFileMode(0), walk.getObjectId(0)));
                }
            }
        }
        return files;
    }

    private static List<DirCacheEntry> entries(DirCache index) {
        List<DirCacheEntry> entries = new ArrayList<>();
        for (int i = 0; i < index.getEntryCount(); i++) {
            if (index.getEntry(i).getFileMode() != FileMode.GITLINK) {
                entries.add(index.getEntry(i));
            }
        }
        return entries;
    }

    private static void requireSafe(String path) {
        try {
            SystemReader.getInstance().checkPath(path);
        } catch (CorruptObjectException e) {
            throw new StoreException(
                    "The Git tree holds the path '" + path + "', which must not be written: " + e.getMessage() + ".",
                    "Somebody made this tree by hand; do not trust where it comes from.",
                    e);
        }
    }

    private Set<String> differing(
            Map<String, WorkspaceScanner.Content> wanted, DirCache index, List<DirCacheEntry> entries)
            throws IOException {
        List<DirCacheEntry> tracked = entries.stream()
                .filter(entry -> entry.isMerged() && wanted.containsKey(entry.getPathString()))
                .toList();
        Set<String> others = new TreeSet<>(wanted.keySet());
        tracked.forEach(entry -> others.remove(entry.getPathString()));
        others.removeIf(path -> Files.isDirectory(onDisk(path), LinkOption.NOFOLLOW_LINKS));
        Map<String, WorkspaceScanner.Content> present =
                scanner.scan(new WorkspaceScanner.Request(index, tracked, others), null);
        Set<String> differing = new TreeSet<>();
        wanted.forEach((path, content) -> {
            if (!content.equals(present.get(path))) {
                differing.add(path);
            }
        });
        return differing;
    }

    private Set<String> existing(Set<String> tracked, Collection<String> wanted) {
        Set<String> existing = new TreeSet<>(tracked);
        existing.removeAll(wanted);
        existing.removeIf(path -> {
            Path file = onDisk(path);
            return !Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    || Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                    || !isInRealDirectory(file);
        });
        return existing;
    }

    private boolean isInRealDirectory(Path file) {
        for (Path parent = file.getParent();
                parent != null && !parent.equals(repository.workTree());
                parent = parent.getParent()) {
            if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
        }
        return true;
    }

    /** What is in the way of files to be written and is not going to be deleted. */
    private final class Obstacles {
        private final Set<String> toDelete;

        Obstacles(Set<String> toDelete) {
            this.toDelete = toDelete;
        }

        void requireNone(Set<String> toWrite) throws IOException {
            for (String path : toWrite) {
                requireFreeParents(path);
                if (Files.isDirectory(onDisk(path), LinkOption.NOFOLLOW_LINKS)) {
                    requireDeletable(path, onDisk(path));
                }
            }
        }

        private void requireFreeParents(String path) {
            for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
                String parent = path.substring(0, slash);
                Path directory = onDisk(parent);
                boolean blocked = Files.exists(directory, LinkOption.NOFOLLOW_LINKS)
                        && !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                        && !toDelete.contains(parent);
                if (blocked) {
                    throw inTheWay(parent, path);
                }
            }
        }

        private void requireDeletable(String path, Path directory) throws IOException {
            try (var files = Files.walk(directory)) {
                List<Path> kept = files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                        .filter(file ->
                                !toDelete.contains(repository.relativePath(file).orElse("")))
                        .toList();
                if (!kept.isEmpty()) {
                    throw inTheWay(repository.relativePath(kept.get(0)).orElse(path), path);
                }
            }
        }

        private StoreException inTheWay(String obstacle, String path) {
            return new StoreException(
                    "The untracked '" + obstacle + "' is in the way of '" + path + "'.",
                    "Move it away, then run the command again.");
        }
    }

    private void write(ObjectId tree, Set<String> paths) throws IOException {
        if (paths.isEmpty()) {
            return;
        }
        WorkingTreeOptions options = repository.repository().getConfig().get(WorkingTreeOptions.KEY);
        Checkout checkout = new Checkout(repository.repository(), options);
        try (TreeWalk walk = new TreeWalk(repository.repository());
                ObjectReader reader = repository.repository().newObjectReader()) {
            walk.setOperationType(OperationType.CHECKOUT_OP);
            walk.addTree(repository.treeOf(tree));
            walk.setRecursive(true);
            walk.setFilter(PathFilterGroup.createFromStrings(paths));
            while (walk.next()) {
                if (paths.contains(walk.getPathString())) {
                    write(walk, checkout, reader);
                }
            }
        }
    }

    private void write(TreeWalk walk, Checkout checkout, ObjectReader reader) throws IOException {
        String path = walk.getPathString();
        deleteEmptyDirectories(onDisk(path));
        DirCacheEntry entry = new DirCacheEntry(path);
        entry.setFileMode(walk.getFileMode(0));
        entry.setObjectId(walk.getObjectId(0));
        CheckoutMetadata metadata = new CheckoutMetadata(
                walk.getEolStreamType(OperationType.CHECKOUT_OP),
                walk.getFilterCommand(Constants.ATTR_FILTER_TYPE_SMUDGE));
        checkout.checkout(entry, metadata, reader, path);
    }

    private void delete(String path) {
        try {
            Files.deleteIfExists(onDisk(path));
        } catch (IOException e) {
            throw StoreException.io("delete '" + onDisk(path) + "'", e);
        }
    }

    private void pruneParents(String path) {
        Path parent = onDisk(path).getParent();
        while (parent != null && !parent.equals(repository.workTree()) && deleteIfEmpty(parent)) {
            parent = parent.getParent();
        }
    }

    private static boolean deleteIfEmpty(Path directory) {
        try {
            Files.delete(directory);
            return true;
        } catch (NoSuchFileException e) {
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        } catch (IOException e) {
            throw StoreException.io("delete the directory '" + directory + "'", e);
        }
    }

    private static void deleteEmptyDirectories(Path path) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var children = Files.newDirectoryStream(path)) {
            for (Path child : children) {
                deleteEmptyDirectories(child);
            }
        }
        Files.delete(path);
    }

    private Path onDisk(String path) {
        return repository.onDisk(path);
    }
}

package dev.cairn.store.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/**
 * Writes the tree that {@code git add --update} and a few explicit adds would give, without touching the index: what is staged
 * counts, what is changed or deleted counts, untracked files do not unless they are named.
 *
 * <p>Keep one instance for a run: it remembers what it has read, so that each further tree costs a look at the files' stats and
 * the reading of what changed.
 */
public final class WorkspaceTree {
    private final GitRepository repository;
    private final WorkspaceScanner scanner;
    private final TreeWriter treeWriter = new TreeWriter();

    public WorkspaceTree(GitRepository repository) {
        this.repository = repository;
        this.scanner = new WorkspaceScanner(repository);
    }

    /**
     * Writes the tree of the work tree as it is now.
     *
     * @param extraPaths files to add even when they are ignored, and directories whose files to add unless they are; relative to
     *     the work tree with {@code /}; absent ones are passed over
     * @param excludedPaths files and directories that the tree shall not have
     * @throws UnmergedIndexException when a merge is not finished
     */
    public ObjectId write(Collection<String> extraPaths, Set<String> excludedPaths) {
        DirCache index = repository.index();
        try (ObjectInserter inserter = new LooseObjectInserter(repository.repository())) {
            ObjectId tree = write(index, extraPaths, excludedPaths, inserter);
            inserter.flush();
            return tree;
        } catch (IOException e) {
            throw WorkspaceScanner.failed(repository, e);
        }
    }

    /** The tree of what is staged, as {@code git write-tree} gives it. */
    ObjectId writeStaged() {
        List<TreeEntry> entries = new ArrayList<>();
        for (DirCacheEntry entry : tracked(repository.index(), Set.of())) {
            if (!entry.isIntentToAdd()) {
                entries.add(new TreeEntry(entry.getRawPath(), entry.getFileMode(), entry.getObjectId()));
            }
        }
        return insert(entries);
    }

    /** The tree of the untracked files that Git does not ignore, or empty when there is none. */
    Optional<ObjectId> writeUntracked() {
        DirCache index = repository.index();
        try (ObjectInserter inserter = new LooseObjectInserter(repository.repository())) {
            List<String> paths = scanner.untracked(index);
            if (paths.isEmpty()) {
                return Optional.empty();
            }
            Map<String, WorkspaceScanner.Content> contents =
                    scanner.scan(new WorkspaceScanner.Request(index, List.of(), paths), inserter);
            List<TreeEntry> entries = new ArrayList<>();
            contents.forEach((path, content) -> entries.add(TreeEntry.of(path, content.mode(), content.id())));
            entries.sort(null);
            ObjectId tree = treeWriter.write(entries, inserter);
            inserter.flush();
            return Optional.of(tree);
        } catch (IOException e) {
            throw WorkspaceScanner.failed(repository, e);
        }
    }

    /** The tree without a file. */
    ObjectId writeEmpty() {
        return insert(List.of());
    }

    private ObjectId insert(List<TreeEntry> entries) {
        try (ObjectInserter inserter = new LooseObjectInserter(repository.repository())) {
            ObjectId tree = treeWriter.write(entries, inserter);
            inserter.flush();
            return tree;
        } catch (IOException e) {
            throw WorkspaceScanner.failed(repository, e);
        }
    }

    private ObjectId write(
            DirCache index, Collection<String> extraPaths, Set<String> excludedPaths, ObjectInserter inserter)
            throws IOException {
        List<DirCacheEntry> tracked = tracked(index, excludedPaths);
        Set<String> others = new LinkedHashSet<>();
        for (String path : extraPaths) {
            boolean isTracked = index.findEntry(path) >= 0
                    && !Files.isDirectory(repository.onDisk(path), LinkOption.NOFOLLOW_LINKS);
            if (!isTracked && !isExcluded(path, excludedPaths)) {
                others.add(path);
            }
        }
        Map<String, WorkspaceScanner.Content> found =
                scanner.scan(new WorkspaceScanner.Request(index, tracked, others), inserter);
        return treeWriter.write(entries(tracked, found, excludedPaths), inserter);
    }

    private static List<TreeEntry> entries(
            List<DirCacheEntry> tracked, Map<String, WorkspaceScanner.Content> found, Set<String> excludedPaths) {
        Map<String, WorkspaceScanner.Content> untracked = new LinkedHashMap<>(found);
        List<TreeEntry> entries = new ArrayList<>(found.size());
        for (DirCacheEntry entry : tracked) {
            WorkspaceScanner.Content content = untracked.remove(entry.getPathString());
            if (content != null) {
                entries.add(new TreeEntry(entry.getRawPath(), content.mode(), content.id()));
            }
        }
        untracked.forEach((path, content) -> {
            if (!isExcluded(path, excludedPaths)) {
                entries.add(TreeEntry.of(path, content.mode(), content.id()));
            }
        });
        entries.sort(null);
        return entries;
    }

    private static List<DirCacheEntry> tracked(DirCache index, Set<String> excludedPaths) {
        List<DirCacheEntry> entries = new ArrayList<>(index.getEntryCount());
        Set<String> unmerged = new LinkedHashSet<>();
        for (int i = 0; i < index.getEntryCount(); i++) {
            DirCacheEntry entry = index.getEntry(i);
            if (!entry.isMerged()) {
                unmerged.add(entry.getPathString());
            } else if (excludedPaths.isEmpty() || !isExcluded(entry.getPathString(), excludedPaths)) {
                entries.add(entry);
            }
        }
        if (!unmerged.isEmpty()) {
            throw new UnmergedIndexException(List.copyOf(unmerged));
        }
        return entries;
    }

    private static boolean isExcluded(String path, Set<String> excludedPaths) {
        if (excludedPaths.contains(path)) {
            return true;
        }
        int slash = path.lastIndexOf('/');
        return slash > 0 && isExcluded(path.substring(0, slash), excludedPaths);
    }
}

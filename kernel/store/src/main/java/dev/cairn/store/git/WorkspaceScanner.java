package dev.cairn.store.git;

import dev.cairn.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.NameConflictTreeWalk;
import org.eclipse.jgit.treewalk.TreeWalk.OperationType;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * Says what Git would record for files of the work tree now. A file whose stat is the index's is not read; neither is one that
 * this instance has read before and whose stat is as it was.
 */
final class WorkspaceScanner {
    private static final byte[] ATTRIBUTE_FILE = Constants.encode(Constants.DOT_GIT_ATTRIBUTES);

    private final GitRepository repository;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    WorkspaceScanner(GitRepository repository) {
        this.repository = repository;
    }

    /** What Git would record for a file. */
    record Content(FileMode mode, ObjectId id) {}

    /** What to look at and what to do with it. */
    record Request(DirCache index, Collection<DirCacheEntry> tracked, Collection<String> others) {}

    private record Known(WorkspaceStat stat, String filters, Content content) {}

    /**
     * The present content of the files, by path; what is absent is left out. {@code others} may name directories, whose files
     * count unless ignored. Blobs of what was read are written with {@code inserter}, or only named when it is null.
     */
    Map<String, Content> scan(Request request, @Nullable ObjectInserter inserter) throws IOException {
        Scan scan = new Scan(request);
        for (DirCacheEntry entry : request.tracked()) {
            scan.look(entry);
        }
        for (String path : request.others()) {
            scan.lookAtOther(path);
        }
        if (!scan.toRead.isEmpty()) {
            scan.read(inserter);
        }
        return scan.found;
    }

    /** The untracked files that Git does not ignore. */
    List<String> untracked(DirCache index) throws IOException {
        List<String> paths = new ArrayList<>();
        try (NameConflictTreeWalk walk = newWalk(index)) {
            while (walk.next()) {
                DirCacheIterator tracked = walk.getTree(0, DirCacheIterator.class);
                FileTreeIterator file = walk.getTree(1, FileTreeIterator.class);
                if (file == null || (tracked == null && file.isEntryIgnored())) {
                    continue;
                }
                if (file.getEntryFileMode() == FileMode.TREE) {
                    walk.enterSubtree();
                } else if (isUntracked(tracked) && file.getEntryFileMode() != FileMode.GITLINK) {
                    paths.add(walk.getPathString());
                }
            }
        }
        return paths;
    }

    /** A file is untracked too where the index has files below its name. */
    private static boolean isUntracked(@Nullable DirCacheIterator tracked) {
        return tracked == null || tracked.getEntryFileMode() == FileMode.TREE;
    }

    /**
     * The index without attribute files, and without what lies below names that are files now. JGit falls back to the index's
     * attributes when the work tree has none or empty ones, but {@code git add --update} has forgotten a deleted file by the time
     * it comes to the others; and it fails on a file where the index has a directory.
     */
    private static DirCache reduced(DirCache index, Set<String> files) {
        DirCache copy = DirCache.newInCore();
        DirCacheBuilder builder = copy.builder();
        for (int i = 0; i < index.getEntryCount(); i++) {
            DirCacheEntry entry = index.getEntry(i);
            boolean attributes = isAttributeFile(entry.getRawPath()) && !entry.isSkipWorkTree();
            if (!attributes && !isBelowAny(entry.getPathString(), files)) {
                builder.add(entry);
            }
        }
        builder.finish();
        return copy.getEntryCount() == index.getEntryCount() ? index : copy;
    }

    private static boolean isBelowAny(String path, Set<String> files) {
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (files.contains(path.substring(0, slash))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAttributeFile(byte[] path) {
        int start = path.length - ATTRIBUTE_FILE.length;
        return start >= 0
                && Arrays.equals(path, start, path.length, ATTRIBUTE_FILE, 0, ATTRIBUTE_FILE.length)
                && (start == 0 || path[start - 1] == '/');
    }

    private NameConflictTreeWalk newWalk(DirCache index) throws IOException {
        NameConflictTreeWalk walk = new NameConflictTreeWalk(repository.repository());
        walk.setOperationType(OperationType.CHECKIN_OP);
        walk.addTree(new DirCacheIterator(index));
        FileTreeIterator files = new FileTreeIterator(repository.repository());
        files.setDirCacheIterator(walk, 0);
        walk.addTree(files);
        return walk;
    }

    private final class Scan {
        private final DirCache index;
        private final Instant indexTime;
        private final boolean trustsCtime;
        private final boolean trustsMode;
        private final FilterState filters;
        private final Map<Path, Boolean> realDirectories = new HashMap<>();
        private final Map<String, Content> found = new LinkedHashMap<>();
        private final Map<String, WorkspaceStat> stats = new HashMap<>();
        private final Set<String> toRead = new LinkedHashSet<>();
        private final Set<String> others = new LinkedHashSet<>();

        Scan(Request request) throws IOException {
            Repository git = repository.repository();
            StoredConfig config = git.getConfig();
            this.index = request.index();
            Path indexFile = git.getIndexFile().toPath();
            this.indexTime = Files.exists(indexFile)
                    ? Files.getLastModifiedTime(indexFile).toInstant()
                    : Instant.MIN;
            this.filters = new FilterState(git, repository.workTree());
            this.trustsCtime = config.getBoolean(ConfigConstants.CONFIG_CORE_SECTION, "trustctime", true);
            this.trustsMode = config.getBoolean(ConfigConstants.CONFIG_CORE_SECTION, "filemode", true)
                    && git.getFS().supportsExecute();
        }

        void look(DirCacheEntry entry) throws IOException {
            String path = entry.getPathString();
            boolean readable = Arrays.equals(Constants.encode(path), entry.getRawPath());
            if (entry.isAssumeValid() || entry.isSkipWorkTree() || !readable) {
                found.put(path, new Content(entry.getFileMode(), entry.getObjectId()));
                return;
            }
            Path file = repository.onDisk(path);
            WorkspaceStat stat = isInRealDirectory(file) ? WorkspaceStat.of(file) : null;
            if (stat == null) {
                return;
            }
            if (entry.getFileMode() == FileMode.GITLINK) {
                lookAtSubmodule(entry, path, stat);
            } else if (!stat.isDirectory()) {
                lookAtFile(entry, path, stat);
            }
        }

        private void lookAtSubmodule(DirCacheEntry entry, String path, WorkspaceStat stat) {
            if (stat.isDirectory()) {
                found.put(path, new Content(FileMode.GITLINK, entry.getObjectId()));
                toRead.add(path);
            }
        }

        private void lookAtFile(DirCacheEntry entry, String path, WorkspaceStat stat) throws IOException {
            if (!entry.isIntentToAdd() && stat.isCleanAgainst(entry, indexTime, trustsCtime, trustsMode)) {
                found.put(path, new Content(entry.getFileMode(), entry.getObjectId()));
                return;
            }
            recallOrRead(path, stat);
        }

        private void recallOrRead(String path, WorkspaceStat stat) throws IOException {
            Known remembered = known.get(path);
            if (remembered != null
                    && remembered.stat().equals(stat)
                    && remembered.filters().equals(filtersOf(path))) {
                found.put(path, remembered.content());
                return;
            }
            stats.put(path, stat);
            toRead.add(path);
        }

        void lookAtOther(String path) throws IOException {
            Path file = repository.onDisk(path);
            WorkspaceStat stat = isInRealDirectory(file) ? WorkspaceStat.of(file) : null;
            if (stat == null) {
                return;
            }
            others.add(path);
            if (stat.isDirectory()) {
                toRead.add(path);
            } else {
                recallOrRead(path, stat);
            }
        }

        /** Git does not look behind links: a file in a linked directory is not the tracked file. */
        private boolean isInRealDirectory(Path file) {
            Path parent = file.getParent();
            if (parent == null || parent.equals(repository.workTree())) {
                return true;
            }
            Boolean real = realDirectories.get(parent);
            if (real == null) {
                real = Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS) && isInRealDirectory(parent);
                realDirectories.put(parent, real);
            }
            return real;
        }

        void read(@Nullable ObjectInserter inserter) throws IOException {
            long started = System.currentTimeMillis();
            try (NameConflictTreeWalk walk = newWalk(reduced(index, stats.keySet()));
                    ObjectInserter.Formatter formatter = new ObjectInserter.Formatter()) {
                walk.setFilter(filter());
                while (walk.next()) {
                    visit(walk, inserter == null ? formatter : inserter, inserter != null, started);
                }
            }
        }

        private TreeFilter filter() {
            return toRead.contains("") ? TreeFilter.ALL : PathFilterGroup.createFromStrings(toRead);
        }

        private void visit(NameConflictTreeWalk walk, ObjectInserter inserter, boolean keep, long started)
                throws IOException {
            DirCacheIterator tracked = walk.getTree(0, DirCacheIterator.class);
            FileTreeIterator file = walk.getTree(1, FileTreeIterator.class);
            if (file == null) {
                enterIfSubtree(walk);
                return;
            }
            String path = walk.getPathString();
            FileMode mode = file.getIndexFileMode(tracked);
            if (mode == FileMode.GITLINK) {
                readSubmodule(path, file, tracked);
            } else if (mode == FileMode.TREE) {
                if (tracked != null || !file.isEntryIgnored() || leadsToOther(path)) {
                    walk.enterSubtree();
                }
            } else if (isWanted(path, file, tracked)) {
                Content content = new Content(mode, contentId(file, inserter, keep));
                found.put(path, content);
                remember(path, content, started, keep);
            }
        }

        private void enterIfSubtree(NameConflictTreeWalk walk) throws IOException {
            if (walk.isSubtree()) {
                walk.enterSubtree();
            }
        }

        private boolean leadsToOther(String directory) {
            return toRead.stream().anyMatch(path -> path.equals(directory) || path.startsWith(directory + "/"));
        }

        private boolean isWanted(String path, FileTreeIterator file, @Nullable DirCacheIterator tracked)
                throws IOException {
            if (toRead.contains(path)) {
                return true;
            }
            // In a directory that was named: tracked files are looked at one by one, of the others those that are not
            // ignored.
            return isUntracked(tracked) && !file.isEntryIgnored();
        }

        private void readSubmodule(String path, FileTreeIterator file, @Nullable DirCacheIterator tracked) {
            ObjectId head = file.getEntryObjectId();
            if (tracked != null && tracked.getEntryFileMode() == FileMode.GITLINK && !head.equals(ObjectId.zeroId())) {
                found.put(path, new Content(FileMode.GITLINK, head));
            }
        }

        private ObjectId contentId(FileTreeIterator file, ObjectInserter inserter, boolean keep) throws IOException {
            long length = file.getEntryContentLength();
            try (InputStream in = file.openEntryStream()) {
                return keep
                        ? inserter.insert(Constants.OBJ_BLOB, length, in)
                        : inserter.idFor(Constants.OBJ_BLOB, length, in);
            }
        }

        private String filtersOf(String path) throws IOException {
            Path parent = repository.onDisk(path).getParent();
            return filters.of(parent == null ? repository.workTree() : parent);
        }

        private void remember(String path, Content content, long started, boolean kept) throws IOException {
            WorkspaceStat before = stats.get(path);
            if (kept && before != null && before.isOlderThan(started)) {
                known.put(path, new Known(before, filtersOf(path), content));
            }
        }
    }

    static StoreException failed(GitRepository repository, IOException cause) {
        return StoreException.io("read the Git work tree '" + repository.workTree() + "'", cause);
    }
}

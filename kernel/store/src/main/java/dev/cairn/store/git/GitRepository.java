package dev.cairn.store.git;

import dev.cairn.store.StoreException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.AddCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * A Git repository with a work tree, to read from. What writes is in classes of its own ({@link CommitWriter},
 * {@link RefTransaction}, …); here only {@link #stage} changes anything, the index. Safe for several threads.
 */
public final class GitRepository implements AutoCloseable {
    private final Repository repository;
    private final Path workTree;
    private final GitIdentity identity;
    private final GitConfiguration configuration;
    private @Nullable DirCache index;

    private GitRepository(Repository repository, GitIdentity identity) {
        this.repository = repository;
        this.workTree = repository.getWorkTree().toPath().toAbsolutePath().normalize();
        this.identity = identity;
        this.configuration = new GitConfiguration(repository, workTree);
    }

    /** The repository that {@code directory} lies in, with this process's environment. */
    public static Optional<GitRepository> discover(Path directory) {
        return discover(directory, System.getenv());
    }

    /** The repository that {@code directory} lies in; {@code environment} may name author and committer. */
    public static Optional<GitRepository> discover(Path directory, Map<String, String> environment) {
        GitSystem.install();
        FileRepositoryBuilder builder = new FileRepositoryBuilder();
        builder.setFS(fileSystem());
        builder.findGitDir(directory.toAbsolutePath().normalize().toFile());
        if (builder.getGitDir() == null) {
            return Optional.empty();
        }
        try {
            Repository repository = builder.setMustExist(true).build();
            if (repository.isBare()) {
                repository.close();
                return Optional.empty();
            }
            return Optional.of(new GitRepository(repository, new GitIdentity(environment, InstantSource.system())));
        } catch (IOException e) {
            throw StoreException.io("open the Git repository '" + builder.getGitDir() + "'", e);
        }
    }

    /** The directory with the files. */
    public Path workTree() {
        return workTree;
    }

    /** The directory with Git's own files, of this work tree when there are several. */
    public Path gitDir() {
        return repository.getDirectory().toPath();
    }

    /** The commit checked out, unless there is none yet. */
    public Optional<ObjectId> head() {
        return refValue(Constants.HEAD);
    }

    /** The full name of the branch checked out, which may have no commit yet; empty when HEAD is detached. */
    public Optional<String> headRef() {
        Ref head = exactRef(Constants.HEAD);
        return head != null && head.isSymbolic() ? Optional.of(head.getTarget().getName()) : Optional.empty();
    }

    /** Where the ref with this full name points, if it exists; symbolic refs are followed. */
    public Optional<ObjectId> refValue(String name) {
        Ref ref = exactRef(name);
        return ref == null
                ? Optional.empty()
                : Optional.ofNullable(ref.getObjectId()).map(ObjectId::copy);
    }

    /** The full name of the ref that the symbolic ref points to, if it is one. */
    public Optional<String> symbolicTarget(String name) {
        Ref ref = exactRef(name);
        return ref != null && ref.isSymbolic() ? Optional.of(ref.getTarget().getName()) : Optional.empty();
    }

    /** The commit a revision means: a full or shortened id, a branch, tag or ref, also with {@code ~1} and the like. */
    public Optional<ObjectId> resolve(String revision) {
        try {
            return Optional.ofNullable(repository.resolve(revision + "^{commit}"));
        } catch (AmbiguousObjectException e) {
            throw new StoreException(
                    "The revision '" + revision + "' is the beginning of several objects' ids.",
                    "Give more of its digits.",
                    e);
        } catch (RevisionSyntaxException | IncorrectObjectTypeException | MissingObjectException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StoreException.io("resolve the revision '" + revision + "'", e);
        }
    }

    /** Whether the object is here. */
    public boolean has(ObjectId id) {
        try {
            return repository.getObjectDatabase().has(id);
        } catch (IOException e) {
            throw StoreException.io("look for the Git object " + id.name(), e);
        }
    }

    /** The commit's facts. */
    public CommitInfo commit(ObjectId id) {
        try (RevWalk walk = new RevWalk(repository)) {
            return describe(walk.parseCommit(id));
        } catch (IOException e) {
            throw StoreException.io("read the Git commit " + id.name(), e);
        }
    }

    /** The commit and its first parents, newest first: at most {@code max}, and none from {@code stopAt} on. */
    public List<CommitInfo> firstParents(ObjectId tip, @Nullable ObjectId stopAt, int max) {
        List<CommitInfo> commits = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repository)) {
            @Nullable ObjectId next = tip;
            while (next != null && !next.equals(stopAt) && commits.size() < max) {
                RevCommit commit = walk.parseCommit(next);
                commits.add(describe(commit));
                next = commit.getParentCount() == 0 ? null : commit.getParent(0);
            }
            return commits;
        } catch (MissingObjectException e) {
            // The edge of a shallow clone.
            return commits;
        } catch (IOException e) {
            throw StoreException.io("read the history of the Git commit " + tip.name(), e);
        }
    }

    /** The refs whose full names begin with {@code prefix} and where they point, by name. */
    public Map<String, ObjectId> refs(String prefix) {
        Map<String, ObjectId> refs = new LinkedHashMap<>();
        for (Ref ref : refsIn(prefix)) {
            if (ref.getObjectId() != null) {
                refs.put(ref.getName(), ref.getObjectId().copy());
            }
        }
        return refs;
    }

    /** Whether the index has the file, or any file below the directory. */
    public boolean isTracked(Path path) {
        Optional<String> relative = relativePath(path);
        if (relative.isEmpty()) {
            return false;
        }
        DirCache files = index();
        return files.findEntry(relative.get()) >= 0 || files.getEntriesWithin(relative.get()).length > 0;
    }

    /** The files that Git neither tracks nor ignores, relative to the work tree. */
    public List<String> untracked() {
        try {
            return new WorkspaceScanner(this).untracked(index());
        } catch (IOException e) {
            throw StoreException.io("look through '" + workTree + "'", e);
        }
    }

    /** Whether Git ignores the path; what it is on disk decides whether patterns for directories apply. */
    public boolean isIgnored(Path path) {
        return isIgnored(path, Files.isDirectory(path));
    }

    /** Whether Git ignores the path, which need not exist. */
    public boolean isIgnored(Path path, boolean directory) {
        return ignoreRules().isIgnored(path, directory);
    }

    /** What Git ignores at this moment. */
    public GitIgnore ignoreRules() {
        return new GitIgnore(workTree, sharedIgnoreFiles());
    }

    /** What differs between commit, index and work tree. */
    public GitStatus status() {
        try (Git git = Git.wrap(repository)) {
            Status status = git.status().call();
            return new GitStatus(
                    status.hasUncommittedChanges(),
                    status.getUntracked().stream().sorted().toList());
        } catch (GitAPIException e) {
            throw new StoreException("Cannot tell the status of '" + workTree + "': " + e.getMessage(), "", e);
        }
    }

    /** Who writes the next commit, and now. */
    public PersonIdent author() {
        return identity.author(configuration);
    }

    /** Who makes the next commit, and now. */
    public PersonIdent committer() {
        return identity.committer(configuration);
    }

    /** Adds the files to the user's index, as {@code git add} does. */
    public void stage(Collection<Path> paths) {
        AddCommand add = new AddCommand(repository);
        List<String> patterns =
                paths.stream().flatMap(path -> relativePath(path).stream()).toList();
        if (patterns.isEmpty()) {
            return;
        }
        patterns.forEach(add::addFilepattern);
        try {
            add.call();
        } catch (GitAPIException e) {
            throw new StoreException("Cannot `git add` " + String.join(", ", patterns) + ": " + e.getMessage(), "", e);
        }
    }

    /** The files of a commit or a tree. */
    public TreeFiles files(ObjectId commitOrTree) {
        return new TreeFiles(repository, treeOf(commitOrTree));
    }

    /** The tree of a commit; a tree itself. */
    public ObjectId treeOf(ObjectId commitOrTree) {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.parseTree(commitOrTree).copy();
        } catch (IOException e) {
            throw StoreException.io("read the Git object " + commitOrTree.name(), e);
        }
    }

    /** The paths of the files that differ between the trees (or commits), in Git's order. */
    public List<String> changedPaths(ObjectId treeA, ObjectId treeB) {
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(treeOf(treeA));
            walk.addTree(treeOf(treeB));
            walk.setFilter(TreeFilter.ANY_DIFF);
            walk.setRecursive(true);
            List<String> paths = new ArrayList<>();
            while (walk.next()) {
                paths.add(walk.getPathString());
            }
            return paths;
        } catch (IOException e) {
            throw StoreException.io("compare the Git trees " + treeA.name() + " and " + treeB.name(), e);
        }
    }

    /** The lines of a file that differ between two commits, each behind {@code -} or {@code +}; none for a file that is no text. */
    public List<String> changedLines(ObjectId from, ObjectId to, String path) {
        byte[] before = files(from).read(path).orElse(new byte[0]);
        byte[] after = files(to).read(path).orElse(new byte[0]);
        if (RawText.isBinary(before) || RawText.isBinary(after)) {
            return List.of();
        }
        RawText old = new RawText(before);
        RawText now = new RawText(after);
        List<String> lines = new ArrayList<>();
        for (Edit edit : new HistogramDiff().diff(RawTextComparator.DEFAULT, old, now)) {
            for (int i = edit.getBeginA(); i < edit.getEndA(); i++) {
                lines.add("-" + old.getString(i));
            }
            for (int i = edit.getBeginB(); i < edit.getEndB(); i++) {
                lines.add("+" + now.getString(i));
            }
        }
        return lines;
    }

    /** Whether {@code ancestor} is {@code commit} or one of its ancestors. */
    public boolean isAncestor(ObjectId ancestor, ObjectId commit) {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.isMergedInto(walk.parseCommit(ancestor), walk.parseCommit(commit));
        } catch (IOException e) {
            throw StoreException.io("read the history of the Git commit " + commit.name(), e);
        }
    }

    /** Short names of the branches that point at the commit, the current one first. */
    public List<String> branchesAt(ObjectId commit) {
        List<String> names = new ArrayList<>();
        String current = headRef().orElse("");
        refs(Constants.R_HEADS).forEach((name, id) -> {
            if (id.equals(commit)) {
                names.add(name.equals(current) ? 0 : names.size(), Repository.shortenRefName(name));
            }
        });
        return names;
    }

    /** Short names of the tags, annotated ones too, that point at the commit. */
    public List<String> tagsAt(ObjectId commit) {
        List<String> names = new ArrayList<>();
        for (Ref ref : refsIn(Constants.R_TAGS)) {
            if (commit.equals(peel(ref))) {
                names.add(Repository.shortenRefName(ref.getName()));
            }
        }
        return names;
    }

    /** A branch's or else a tag's short name that points at the commit. */
    public Optional<String> nameOf(ObjectId commit) {
        return branchesAt(commit).stream().findFirst().or(() -> tagsAt(commit).stream()
                .findFirst());
    }

    /** The entries of the ref's reflog, newest first, as their messages and commits. */
    public List<ReflogLine> reflog(String ref) {
        try {
            var reader = repository.getRefDatabase().getReflogReader(ref);
            if (reader == null) {
                return List.of();
            }
            return reader.getReverseEntries().stream()
                    .map(entry ->
                            new ReflogLine(entry.getNewId(), entry.getWho().getWhenAsInstant(), entry.getComment()))
                    .toList();
        } catch (IOException e) {
            throw StoreException.io("read the reflog of '" + ref + "'", e);
        }
    }

    /** The path relative to the work tree with {@code /}, when it lies in it; empty text for the work tree itself. */
    public Optional<String> relativePath(Path path) {
        Path absolute = workTree.resolve(path).normalize();
        if (!absolute.startsWith(workTree)) {
            return Optional.empty();
        }
        return Optional.of(workTree.relativize(absolute).toString().replace(File.separatorChar, '/'));
    }

    @Override
    public void close() {
        repository.close();
    }

    /** The file or directory of the work tree with this path. */
    Path onDisk(String path) {
        try {
            return workTree.resolve(path);
        } catch (InvalidPathException e) {
            throw new StoreException(
                    "The path '" + path + "' cannot be used in the character set of this process.",
                    "Start with a UTF-8 locale, as in LC_ALL=C.UTF-8.",
                    e);
        }
    }

    Repository repository() {
        return repository;
    }

    /** The user's index as it is on disk now. Callers must not change it. */
    synchronized DirCache index() {
        try {
            DirCache known = index;
            if (known == null || known.isOutdated()) {
                known = DirCache.read(repository);
                index = known;
            }
            return known;
        } catch (IOException e) {
            throw StoreException.io("read the Git index '" + repository.getIndexFile() + "'", e);
        }
    }

    private static FS fileSystem() {
        FS fs = FS.DETECTED.newInstance();
        Umask.ofThisProcess().ifPresent(mask -> Umask.set(fs, mask));
        return fs;
    }

    private List<Path> sharedIgnoreFiles() {
        List<Path> files = new ArrayList<>();
        files.add(repository.getCommonDirectory().toPath().resolve("info").resolve("exclude"));
        Path named = repository.getConfig().getPath("core", null, "excludesfile", repository.getFS(), null, null);
        if (named != null) {
            files.add(named);
            return files;
        }
        Path xdg = org.eclipse.jgit.util.SystemReader.getInstance().getXdgConfigDirectory(repository.getFS());
        if (xdg != null) {
            files.add(xdg.resolve("git").resolve("ignore"));
        }
        return files;
    }

    private @Nullable Ref exactRef(String name) {
        try {
            return repository.exactRef(name);
        } catch (IOException e) {
            throw StoreException.io("read the Git ref '" + name + "'", e);
        }
    }

    private List<Ref> refsIn(String prefix) {
        try {
            return repository.getRefDatabase().getRefsByPrefix(prefix);
        } catch (IOException e) {
            throw StoreException.io("list the Git refs below '" + prefix + "'", e);
        }
    }

    private @Nullable ObjectId peel(Ref ref) {
        try {
            Ref peeled = repository.getRefDatabase().peel(ref);
            return peeled.getPeeledObjectId() == null ? peeled.getObjectId() : peeled.getPeeledObjectId();
        } catch (IOException e) {
            throw StoreException.io("read the Git tag '" + ref.getName() + "'", e);
        }
    }

    private static CommitInfo describe(RevCommit commit) {
        List<ObjectId> parents = new ArrayList<>();
        for (RevCommit parent : commit.getParents()) {
            parents.add(parent.copy());
        }
        return new CommitInfo(
                commit.copy(),
                parents,
                commit.getTree().copy(),
                commit.getCommitterIdent().getWhenAsInstant(),
                commit.getFullMessage());
    }
}

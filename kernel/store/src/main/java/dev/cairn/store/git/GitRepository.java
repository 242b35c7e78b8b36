package dev.cairn.store.git;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.jspecify.annotations.Nullable;

/** SKELETON. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class GitRepository implements AutoCloseable {
    private GitRepository() {}

    /** With this process's environment. */
    public static Optional<GitRepository> discover(Path directory) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public static Optional<GitRepository> discover(Path directory, Map<String, String> environment) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public Path workTree() {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public Path gitDir() {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public Optional<ObjectId> head() {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public Optional<String> headRef() {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public Optional<ObjectId> resolve(String revision) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public CommitInfo commit(ObjectId id) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public List<CommitInfo> firstParents(ObjectId tip, @Nullable ObjectId stopAt, int max) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public Map<String, ObjectId> refs(String prefix) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public boolean isTracked(Path path) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public boolean isIgnored(Path path) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public PersonIdent author() {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public PersonIdent committer() {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public void stage(Collection<Path> paths) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public TreeFiles files(ObjectId commitOrTree) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public List<String> changedPaths(ObjectId treeA, ObjectId treeB) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    /** Short names of the branches that point at the commit, the current one first. */
    public List<String> branchesAt(ObjectId commit) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    /** Short names of the tags, annotated ones too, that point at the commit. */
    public List<String> tagsAt(ObjectId commit) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    /** A branch's or else a tag's short name that points at the commit. */
    public Optional<String> nameOf(ObjectId commit) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    @Override
    public void close() {}
}

package dev.cairn.engine.experiment;

import dev.cairn.engine.project.Project;
import dev.cairn.store.git.CommitWriter;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.git.RefTransaction;
import dev.cairn.store.git.WorkspaceTree;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Commits the workspace onto an experiment's chain. HEAD, index and stash stay as they are: the tree is built in memory, and only the
 * experiment's ref moves, from the value it had. One object a run.
 */
final class CheckpointRecorder {
    private final Project project;
    private final GitRepository git;
    private final WorkspaceTree workspace;
    private final CommitWriter commits;
    private final RefTransaction refs;
    private final ExperimentRef experiment;
    private final Set<String> carried = new LinkedHashSet<>();
    private final Consumer<ObjectId> published;
    private ObjectId parent;
    private ObjectId tip;

    /**
     * Starts from a commit.
     *
     * @param parent of the first commit to come
     * @param tip what the experiment's ref is now; zero when it does not exist
     */
    CheckpointRecorder(
            Project project, WorkspaceTree workspace, ExperimentRef experiment, ObjectId parent, ObjectId tip) {
        this(project, workspace, experiment, parent, tip, commit -> {});
    }

    /** @param published gets each commit when the ref has moved to it */
    CheckpointRecorder(
            Project project,
            WorkspaceTree workspace,
            ExperimentRef experiment,
            ObjectId parent,
            ObjectId tip,
            Consumer<ObjectId> published) {
        this.published = published;
        this.project = project;
        this.git = project.git();
        this.workspace = workspace;
        this.commits = new CommitWriter(git);
        this.refs = new RefTransaction(git);
        this.experiment = experiment;
        this.parent = parent;
        this.tip = tip;
        carried.addAll(git.files(parent).list());
    }

    /** The tree of the workspace: what Git tracks, what the parent has, and the given paths relative to the project's root. */
    ObjectId tree(Collection<String> paths) {
        paths.forEach(path -> carried.add(project.gitPrefix() + path));
        return workspaceTree(project, workspace, carried);
    }

    /** The tree of the workspace as a successor of the commit would have it. */
    static ObjectId treeAfter(Project project, WorkspaceTree workspace, ObjectId commit) {
        return workspaceTree(project, workspace, project.git().files(commit).list());
    }

    /** The tree of the workspace: what Git tracks, and the given paths relative to the repository's top. */
    static ObjectId workspaceTree(Project project, WorkspaceTree workspace, Collection<String> paths) {
        return workspace.write(paths, Set.of(project.gitPrefix() + ".dvc/tmp"));
    }

    /** Commits a tree and moves the ref. */
    ObjectId commit(ObjectId tree, String message) {
        ObjectId commit = commits.write(tree, List.of(parent), message);
        refs.compareAndSet(experiment.refName(), tip, commit, null);
        parent = commit;
        tip = commit;
        published.accept(commit);
        return commit;
    }

    /** Commits a tree beside the chain, for what would else be lost. */
    ObjectId setAside(ObjectId tree, String message) {
        ObjectId commit = commits.write(tree, List.of(parent), message);
        String ref = "refs/cairn/aside";
        refs.compareAndSet(ref, git.refValue(ref).orElse(ObjectId.zeroId()), commit, message);
        return commit;
    }

    /** What the experiment's ref is now; zero when it does not exist. */
    ObjectId tip() {
        return tip;
    }

    /** The last commit made, or the parent of the first. */
    ObjectId last() {
        return parent;
    }
}

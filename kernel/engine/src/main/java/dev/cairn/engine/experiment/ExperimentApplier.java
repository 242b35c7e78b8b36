package dev.cairn.engine.experiment;

import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.git.RefTransaction;
import dev.cairn.store.git.StashWriter;
import dev.cairn.store.git.WorkspaceRestorer;
import dev.cairn.store.git.WorkspaceTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/** Brings an experiment, or any checkpoint of it, back to the workspace: tracked files, parameters and outputs. */
public final class ExperimentApplier {
    private static final String STASH = "refs/exps/apply/stash";
    private static final String ORIGINAL_HEAD = "refs/exps/apply/ORIG_HEAD";

    private final Project project;
    private final GitRepository git;
    private final ExperimentRefs refs;

    public ExperimentApplier(Project project) {
        this.project = project;
        this.git = project.git();
        this.refs = new ExperimentRefs(git);
    }

    /**
     * Applies a revision. What the workspace had is saved first, as an ordinary Git stash in {@code refs/exps/apply/stash}.
     *
     * @param revision name of an experiment, commit, or anything that Git understands
     * @throws UnknownNameException when there is none
     * @throws dev.cairn.engine.error.MissingDataException when an output is in no cache; nothing was changed then
     */
    public ApplyResult apply(String revision) {
        List<String> notes = new ArrayList<>();
        try (ExperimentLock idle = ExperimentLock.acquire(project);
                ProjectLock lock = new ProjectLock(project)) {
            RunJournal.recover(project).ifPresent(notes::add);
            ObjectId commit = resolve(revision);
            Pipeline pipeline = PipelineReader.read(project.revision(commit));
            LockedOutputs outputs = new LockedOutputs(project);
            outputs.requireCached(pipeline);
            boolean isUnsaved = isUnsaved();
            saveWorkspace(revision, commit);
            ObjectId tree = git.commit(commit).tree();
            ObjectId from = git.head().map(h -> git.commit(h).tree()).orElse(tree);
            List<String> changed = new WorkspaceRestorer(git).restore(from, tree);
            outputs.restore(pipeline, false);
            new ExecRefs(git).setApplied(commit);
            return new ApplyResult(revision, commit.name(), changed, isUnsaved, notes);
        }
    }

    private ObjectId resolve(String revision) {
        try {
            return refs.resolve(revision);
        } catch (UnknownNameException e) {
            throw new UnknownNameException(
                    "'%s' does not appear to be an experiment commit.: %s".formatted(revision, e.getMessage()),
                    e.hint(),
                    e);
        }
    }

    /** Whether the workspace differs from HEAD and from what was last run or applied. */
    private boolean isUnsaved() {
        WorkspaceTree workspace = new WorkspaceTree(git);
        return !isAt(git.head(), workspace) && !isAt(new ExecRefs(git).applied(), workspace);
    }

    private boolean isAt(Optional<ObjectId> commit, WorkspaceTree workspace) {
        return commit.filter(c -> CheckpointRecorder.treeAfter(project, workspace, c)
                        .equals(git.commit(c).tree()))
                .isPresent();
    }

    private void saveWorkspace(String revision, ObjectId commit) {
        Optional<ObjectId> head = git.head();
        if (head.isEmpty()) {
            return;
        }
        RefTransaction transaction = new RefTransaction(git);
        String message = "dvc-exp-apply:%s:%s:%s".formatted(head.get().name(), commit.name(), revision);
        ObjectId stash = new StashWriter(git).write(message);
        set(transaction, STASH, stash, message);
        set(transaction, ORIGINAL_HEAD, head.get(), null);
    }

    private void set(
            RefTransaction transaction, String ref, ObjectId id, @org.jspecify.annotations.Nullable String reflog) {
        ObjectId old = Set.copyOf(git.refs(ref).values()).stream().findFirst().orElse(ObjectId.zeroId());
        transaction.compareAndSet(ref, old, id, reflog);
    }
}

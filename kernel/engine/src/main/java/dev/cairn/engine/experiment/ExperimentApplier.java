package dev.cairn.engine.experiment;

import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.git.RefTransaction;
import dev.cairn.store.git.StashWriter;
import dev.cairn.store.git.WorkspaceRestorer;
import dev.cairn.store.git.WorkspaceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
            notes.addAll(WorkspaceRecovery.recover(project));
            ObjectId commit = resolve(revision);
            new LockedOutputs(project).requireCached(PipelineReader.read(project.revision(commit)));
            boolean isUnsaved = isUnsaved();
            saveWorkspace(revision, commit);
            return new ApplyResult(revision, commit.name(), bringBack(commit), isUnsaved, notes);
        }
    }

    private List<String> bringBack(ObjectId commit) {
        AtomicFiles.write(journal(project), (commit.name() + "\n").getBytes(StandardCharsets.UTF_8));
        ObjectId tree = git.commit(commit).tree();
        ObjectId from = git.head().map(h -> git.commit(h).tree()).orElse(tree);
        List<String> changed = new WorkspaceRestorer(git).restore(from, tree);
        new LockedOutputs(project).restore(PipelineReader.read(project.revision(commit)), false);
        new ExecRefs(git).setApplied(commit);
        AtomicFiles.deleteRecursively(journal(project));
        return changed;
    }

    /** Is there while the workspace changes: it tells the next command what to finish when this process is killed. */
    private static Path journal(Project project) {
        return project.temporaryDirectory().resolve("exps/apply.journal");
    }

    /** Whether a commit is being applied, or its process was killed. */
    static boolean isUnfinished(Project project) {
        return Files.exists(journal(project));
    }

    /**
     * Finishes what a killed process has begun to apply, after saving what the workspace has now. The caller holds the experiment lock,
     * so that no such process is alive.
     *
     * @return what was done, for the user; empty when there was nothing to finish
     */
    Optional<String> finish() {
        if (!isUnfinished(project)) {
            return Optional.empty();
        }
        ObjectId commit;
        try {
            commit = ObjectId.fromString(Files.readString(journal(project)).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + journal(project), e);
        }
        saveWorkspace(commit.name(), commit);
        bringBack(commit);
        return Optional.of(("`exp apply` of %s was killed before it was done; it was finished."
                        + " `git reflog refs/exps/apply/stash` has what the workspace had.")
                .formatted(commit.abbreviate(7).name()));
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

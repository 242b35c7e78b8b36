package dev.cairn.engine.experiment;

import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.reproduce.RunListener.Continuation;
import dev.cairn.store.git.GitRepository;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Where an experiment goes on from.
 *
 * @param parent of the first commit: the baseline, or the commit that is resumed
 * @param experiment the one whose ref moves on; null when a new ref is made
 * @param from the name of the experiment that is resumed or forked; empty for a new one
 */
record ResumePoint(Continuation continuation, ObjectId parent, @Nullable ExperimentRef experiment, String from) {
    static ResumePoint fromBaseline(ObjectId head, boolean reset) {
        return new ResumePoint(reset ? Continuation.RESET : Continuation.NEW, head, null, "");
    }

    /**
     * The commit that the user asked to go on from.
     *
     * @param revision as typed, for messages
     * @throws ConflictException when the commit is of another baseline, or nothing was changed and it is no tip
     */
    static ResumePoint at(
            GitRepository git,
            ExperimentRefs refs,
            String revision,
            ObjectId commit,
            ObjectId head,
            Function<ObjectId, ObjectId> treeFor) {
        if (commit.equals(head)) {
            return fromBaseline(head, false);
        }
        List<ExperimentRef> holders = refs.containing(commit).stream()
                .filter(r -> r.baseline().equals(head))
                .toList();
        if (holders.isEmpty()) {
            throw new ConflictException(
                    "Cannot resume from '%s' as it is not derived from your current workspace.".formatted(revision),
                    "`exp list` shows the experiments of HEAD.");
        }
        return at(git, refs, commit, holders, treeFor);
    }

    /**
     * The checkpoint that was asked for by name, applied to the workspace already. Where it is no tip, what follows is an experiment of its
     * own: the user has said that this is meant.
     */
    static ResumePoint asked(
            GitRepository git,
            ExperimentRefs refs,
            String revision,
            ObjectId commit,
            ObjectId head,
            Function<ObjectId, ObjectId> treeFor) {
        List<ExperimentRef> holders = refs.containing(commit).stream()
                .filter(r -> r.baseline().equals(head))
                .toList();
        boolean isTip = holders.stream()
                .anyMatch(r -> refs.tip(r).filter(commit::equals).isPresent());
        return holders.isEmpty() || isTip
                ? at(git, refs, revision, commit, head, treeFor)
                : new ResumePoint(
                        Continuation.FORKED, commit, null, holders.get(0).name());
    }

    /**
     * Finds it as DVC does: the last applied commit, when it and the last checkpoint belong to an experiment on HEAD.
     *
     * @param treeFor the tree of the workspace as a successor of the given commit would have it
     * @throws ConflictException when the commit is in the middle of an experiment and nothing was changed
     */
    static ResumePoint find(
            GitRepository git,
            ExperimentRefs refs,
            ExecRefs exec,
            ObjectId head,
            Function<ObjectId, ObjectId> treeFor) {
        Optional<ObjectId> applied = exec.applied();
        Optional<ObjectId> checkpoint = exec.checkpoint();
        if (applied.isEmpty() || checkpoint.isEmpty()) {
            return fromBaseline(head, false);
        }
        ObjectId commit = applied.get();
        List<ExperimentRef> holders = refs.containing(commit).stream()
                .filter(r -> r.baseline().equals(head))
                .toList();
        boolean isCheckpointHere = refs.containing(checkpoint.get()).stream()
                .anyMatch(r -> r.baseline().equals(head));
        if (holders.isEmpty() || !isCheckpointHere) {
            exec.clear();
            return fromBaseline(head, false);
        }
        return at(git, refs, commit, holders, treeFor);
    }

    private static ResumePoint at(
            GitRepository git,
            ExperimentRefs refs,
            ObjectId commit,
            List<ExperimentRef> holders,
            Function<ObjectId, ObjectId> treeFor) {
        boolean isChanged = !treeFor.apply(commit).equals(git.commit(commit).tree());
        if (isChanged) {
            return new ResumePoint(
                    Continuation.FORKED, commit, null, holders.get(0).name());
        }
        for (ExperimentRef ref : holders) {
            if (refs.tip(ref).filter(commit::equals).isPresent()) {
                return new ResumePoint(Continuation.RESUMED, commit, ref, ref.name());
            }
        }
        List<String> names = holders.stream().map(ExperimentRef::name).toList();
        throw new ConflictException(
                names.size() == 1
                        ? "Nothing to do for unchanged checkpoint '%s'. To resume from the head of this experiment, use 'dvc exp apply %s'."
                                .formatted(commit.name().substring(0, 7), names.get(0))
                        : "Nothing to do for unchanged checkpoint '%s'. To resume an experiment containing this checkpoint, apply one of these heads:\n\t%s"
                                .formatted(commit.name().substring(0, 7), String.join(", ", names)),
                "Or change a parameter or the code first: the run then goes on from this checkpoint as an experiment of its own.");
    }
}

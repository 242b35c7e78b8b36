package dev.cairn.engine.experiment;

import dev.cairn.engine.error.ConflictException;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.git.RefTransaction;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** The refs in which DVC remembers where the workspace is: which checkpoint was made last, and which commit goes on. */
final class ExecRefs {
    private static final String PREFIX = "refs/exps/exec/";
    private static final String APPLY = PREFIX + "EXEC_APPLY";
    private static final String CHECKPOINT = PREFIX + "EXEC_CHECKPOINT";
    private static final String HEAD = PREFIX + "EXEC_HEAD";

    private final GitRepository git;
    private final RefTransaction refs;

    ExecRefs(GitRepository git) {
        this.git = git;
        this.refs = new RefTransaction(git);
    }

    /** The commit that a plain run goes on from. */
    Optional<ObjectId> applied() {
        return get(APPLY);
    }

    /** The last commit of a run that has a checkpoint stage. */
    Optional<ObjectId> checkpoint() {
        return get(CHECKPOINT);
    }

    /**
     * The checkpoint that a user goes on from who names none.
     *
     * @throws ConflictException when there is none
     */
    ObjectId toResume() {
        return applied()
                .filter(commit -> checkpoint().isPresent())
                .orElseThrow(() -> new ConflictException(
                        "There is no checkpoint to go on from.",
                        "Name one: `exp run --resume=CHECKPOINT`; `exp show` lists them."));
    }

    void setApplied(ObjectId commit) {
        set(APPLY, commit);
    }

    void setCheckpoint(ObjectId commit) {
        set(CHECKPOINT, commit);
    }

    /** The commit that the present run started from. */
    void setHead(ObjectId commit) {
        set(HEAD, commit);
    }

    /** Forgets what there is to resume. */
    void clear() {
        refs.delete(APPLY, null);
        refs.delete(CHECKPOINT, null);
    }

    /** Forgets it when it is this commit. */
    void clearIf(ObjectId commit) {
        if (applied().filter(commit::equals).isPresent()) {
            refs.delete(APPLY, commit);
        }
        if (checkpoint().filter(commit::equals).isPresent()) {
            refs.delete(CHECKPOINT, commit);
        }
    }

    private Optional<ObjectId> get(String name) {
        return git.refValue(name);
    }

    private void set(String name, ObjectId commit) {
        refs.compareAndSet(name, get(name).orElse(ObjectId.zeroId()), commit, null);
    }
}

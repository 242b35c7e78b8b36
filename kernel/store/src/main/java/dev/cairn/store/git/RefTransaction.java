package dev.cairn.store.git;

import dev.cairn.store.StoreException;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Moves refs, each only from where the caller saw it. Reflogs are written only when a message is given, and then for any ref.
 */
public final class RefTransaction {
    private static final int ATTEMPTS = 20;
    private static final long PAUSE_MILLIS = 10;

    private final GitRepository repository;

    public RefTransaction(GitRepository repository) {
        this.repository = repository;
    }

    /**
     * Moves the ref to {@code newId} if it is at {@code expectedOld}; the zero id says that it must not exist. A symbolic ref's
     * target is what moves.
     *
     * @throws RefConflictException when the ref is elsewhere; nothing has changed then
     */
    public void compareAndSet(String ref, ObjectId expectedOld, ObjectId newId, @Nullable String reflogMessage) {
        run(ref, expectedOld, () -> {
            RefUpdate update = repository().updateRef(ref);
            update.setNewObjectId(newId);
            update.setExpectedOldObjectId(expectedOld);
            update.setForceUpdate(true);
            setReflog(update, reflogMessage);
            return update.update();
        });
    }

    /** Moves the ref wherever it is now, or makes it. For refs that nobody else writes. */
    public void set(String ref, ObjectId newId, @Nullable String reflogMessage) {
        run(ref, null, () -> {
            RefUpdate update = repository().updateRef(ref, true);
            update.setNewObjectId(newId);
            update.setForceUpdate(true);
            setReflog(update, reflogMessage);
            return update.update();
        });
    }

    /** Deletes the ref, itself when it is symbolic, if it is at {@code expectedOld}, or wherever when that is null. Absent is fine. */
    public void delete(String ref, @Nullable ObjectId expectedOld) {
        if (expectedOld == null && !exists(ref)) {
            return;
        }
        run(ref, expectedOld, () -> {
            RefUpdate update = repository().updateRef(ref, true);
            if (expectedOld != null) {
                update.setExpectedOldObjectId(expectedOld);
            }
            update.setForceUpdate(true);
            update.disableRefLog();
            return update.delete();
        });
    }

    /** Makes {@code ref} a symbolic ref to {@code target}, which need not exist. */
    public void setSymbolic(String ref, String target) {
        run(ref, null, () -> {
            RefUpdate update = repository().updateRef(ref);
            update.disableRefLog();
            return update.link(target);
        });
    }

    private interface Attempt {
        RefUpdate.Result run() throws IOException;
    }

    private void run(String ref, @Nullable ObjectId expected, Attempt attempt) {
        try {
            RefLockFile lock = new RefLockFile(repository(), ref);
            for (int i = 1; ; i++) {
                RefUpdate.Result result = attempt.run();
                if (isDone(result)) {
                    return;
                }
                if (result != RefUpdate.Result.LOCK_FAILURE) {
                    throw failed(ref, result);
                }
                requireExpected(ref, expected);
                if (i >= ATTEMPTS && !lock.mayBeAbandoned()) {
                    throw failed(ref, result);
                }
                lock.removeIfAbandoned();
                // Another process holds the ref's lock file; those are held for milliseconds.
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            throw new dev.cairn.store.OperationInterruptedException("moving the Git ref '" + ref + "'");
        } catch (IOException e) {
            throw StoreException.io("move the Git ref '" + ref + "'", e);
        }
    }

    private static boolean isDone(RefUpdate.Result result) {
        return switch (result) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE, RENAMED -> true;
            default -> false;
        };
    }

    private void requireExpected(String ref, @Nullable ObjectId expected) throws IOException {
        if (expected == null) {
            return;
        }
        Optional<ObjectId> actual = repository.refValue(ref);
        if (!actual.orElse(ObjectId.zeroId()).equals(expected)) {
            throw new RefConflictException(ref, expected, actual);
        }
        if (repository().getRefDatabase().isNameConflicting(ref)) {
            throw new StoreException(
                    "The Git ref '" + ref + "' cannot be made: another ref's name is a part of it, or it of theirs.",
                    "Choose another name.");
        }
    }

    private static StoreException failed(String ref, RefUpdate.Result result) {
        String hint = result == RefUpdate.Result.LOCK_FAILURE
                ? "If no Git command is running, remove the file '" + ref + ".lock' in the Git directory."
                : "";
        return new StoreException("The Git ref '" + ref + "' could not be moved (" + result + ").", hint);
    }

    private void setReflog(RefUpdate update, @Nullable String message) {
        if (message == null) {
            update.disableRefLog();
            return;
        }
        update.setRefLogIdent(repository.committer());
        update.setRefLogMessage(message, false);
        update.setForceRefLog(true);
    }

    private boolean exists(String ref) {
        return repository.refValue(ref).isPresent()
                || repository.symbolicTarget(ref).isPresent();
    }

    private Repository repository() {
        return repository.repository();
    }
}

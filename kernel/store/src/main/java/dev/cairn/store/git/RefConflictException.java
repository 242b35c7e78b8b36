package dev.cairn.store.git;

import dev.cairn.store.StoreException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** A ref is not where it was when it was read: someone else moved it. It was left as it is. */
public final class RefConflictException extends StoreException {
    private final String ref;
    private final Optional<ObjectId> actual;

    RefConflictException(String ref, ObjectId expected, Optional<ObjectId> actual) {
        super(
                "The Git ref '" + ref + "' was changed by another process: expected " + describe(expected) + ", found "
                        + actual.map(RefConflictException::describe).orElse("nothing") + ".",
                "Run the command again.");
        this.ref = ref;
        this.actual = actual;
    }

    public String ref() {
        return ref;
    }

    /** Where the ref is, unless it does not exist. */
    public Optional<ObjectId> actual() {
        return actual;
    }

    private static String describe(ObjectId id) {
        return id.equals(ObjectId.zeroId()) ? "nothing" : id.abbreviate(7).name();
    }
}

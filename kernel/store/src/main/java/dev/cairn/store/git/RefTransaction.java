package dev.cairn.store.git;

import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** SKELETON. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class RefTransaction {
    public RefTransaction(GitRepository repository) {}

    public void compareAndSet(String ref, ObjectId expectedOld, ObjectId newId, @Nullable String reflogMessage) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public void delete(String ref, @Nullable ObjectId expectedOld) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    public void setSymbolic(String ref, String target) {
        throw dev.cairn.store.Skeleton.notYet();
    }
}

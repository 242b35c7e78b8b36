package dev.cairn.store.git;

import org.eclipse.jgit.lib.ObjectId;

/** SKELETON. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class StashWriter {
    public StashWriter(GitRepository repository) {}

    public ObjectId write(String message) {
        throw dev.cairn.store.Skeleton.notYet();
    }
}

package dev.cairn.store.git;

import java.util.List;
import org.eclipse.jgit.lib.ObjectId;

/** SKELETON. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class CommitWriter {
    public CommitWriter(GitRepository repository) {}

    public ObjectId write(ObjectId tree, List<ObjectId> parents, String message) {
        throw dev.cairn.store.Skeleton.notYet();
    }
}

package dev.cairn.store.git;

import java.util.List;
import org.eclipse.jgit.lib.ObjectId;

/** SKELETON. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class WorkspaceRestorer {
    public WorkspaceRestorer(GitRepository repository) {}

    public List<String> restore(ObjectId fromTree, ObjectId toTree) {
        throw dev.cairn.store.Skeleton.notYet();
    }
}

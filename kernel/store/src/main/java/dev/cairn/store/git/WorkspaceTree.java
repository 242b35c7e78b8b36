package dev.cairn.store.git;

import java.util.Collection;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/** SKELETON. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class WorkspaceTree {
    public WorkspaceTree(GitRepository repository) {}

    public ObjectId write(Collection<String> extraPaths, Set<String> excludedPaths) {
        throw dev.cairn.store.Skeleton.notYet();
    }
}

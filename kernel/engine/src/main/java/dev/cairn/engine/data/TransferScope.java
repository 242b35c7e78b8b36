package dev.cairn.engine.data;

import dev.cairn.engine.pipeline.TargetSelection;
import dev.cairn.store.git.GitRepository;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Which content is sent, fetched or compared: that of the workspace's files, and of more revisions.
 *
 * @param branches also of the tips of all branches
 * @param tags also of all tags
 * @param commits also of every commit
 */
public record TransferScope(TargetSelection selection, boolean branches, boolean tags, boolean commits) {
    /** The workspace's. */
    public static TransferScope of(List<String> targets) {
        return new TransferScope(TargetSelection.of(targets), false, false, false);
    }

    /** The commits beside the workspace. */
    Set<ObjectId> revisions(GitRepository git) {
        Set<ObjectId> found = new LinkedHashSet<>();
        if (branches || commits) {
            found.addAll(tips(git, "refs/heads/"));
        }
        if (tags || commits) {
            found.addAll(tips(git, "refs/tags/"));
        }
        if (commits) {
            git.head().ifPresent(found::add);
            found.addAll(tips(git, "refs/remotes/"));
            Deque<ObjectId> todo = new ArrayDeque<>(found);
            while (!todo.isEmpty()) {
                for (ObjectId parent : git.commit(todo.pop()).parents()) {
                    if (found.add(parent)) {
                        todo.push(parent);
                    }
                }
            }
        }
        return found;
    }

    private static Set<ObjectId> tips(GitRepository git, String prefix) {
        Set<ObjectId> tips = new LinkedHashSet<>();
        git.refs(prefix).keySet().forEach(ref -> git.resolve(ref).ifPresent(tips::add));
        return tips;
    }
}

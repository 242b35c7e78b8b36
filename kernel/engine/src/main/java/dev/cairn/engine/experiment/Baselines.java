package dev.cairn.engine.experiment;

import dev.cairn.store.git.CommitInfo;
import dev.cairn.store.git.GitRepository;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Selects the commits whose experiments are shown, in DVC's order, and names them. */
final class Baselines {
    private final GitRepository git;
    private final ExperimentRefs refs;

    Baselines(GitRepository git, ExperimentRefs refs) {
        this.git = git;
        this.refs = refs;
    }

    Set<ObjectId> select(List<String> revisions, int num, boolean allBranches, boolean allTags, boolean allCommits) {
        Set<ObjectId> selected = new LinkedHashSet<>();
        int max = num < 0 ? Integer.MAX_VALUE : num;
        for (String revision : revisions) {
            ObjectId start = refs.resolve(revision);
            if (max > 0) {
                git.firstParents(start, null, max).forEach(c -> selected.add(c.id()));
            }
        }
        if (allCommits) {
            selected.addAll(allCommits());
            return selected;
        }
        if (allBranches) {
            new TreeMap<>(git.refs("refs/heads/")).keySet().forEach(r -> git.resolve(r)
                    .ifPresent(selected::add));
        }
        if (allTags) {
            new TreeMap<>(git.refs("refs/tags/")).keySet().forEach(r -> git.resolve(r + "^{commit}")
                    .ifPresent(selected::add));
        }
        return selected;
    }

    /** Every commit that HEAD, a branch, a tag or a remote's branch leads to, newest first. */
    private List<ObjectId> allCommits() {
        Map<ObjectId, CommitInfo> seen = new HashMap<>();
        List<ObjectId> todo = new ArrayList<>();
        git.head().ifPresent(todo::add);
        for (String prefix : List.of("refs/heads/", "refs/tags/", "refs/remotes/")) {
            git.refs(prefix).keySet().forEach(r -> git.resolve(r + "^{commit}").ifPresent(todo::add));
        }
        while (!todo.isEmpty()) {
            ObjectId id = todo.remove(todo.size() - 1);
            if (!seen.containsKey(id)) {
                CommitInfo commit = git.commit(id);
                seen.put(id, commit);
                todo.addAll(commit.parents());
            }
        }
        return newestFirst(seen.values());
    }

    private static List<ObjectId> newestFirst(Collection<CommitInfo> commits) {
        // Children of the same second come before their parents only if depth counts: a topological order by walking
        // parents.
        Map<ObjectId, Integer> children = new HashMap<>();
        Map<ObjectId, CommitInfo> byId = new HashMap<>();
        for (CommitInfo commit : commits) {
            byId.put(commit.id(), commit);
            commit.parents().forEach(p -> children.merge(p, 1, Integer::sum));
        }
        var ready = new java.util.PriorityQueue<CommitInfo>(
                Comparator.comparing(CommitInfo::time).reversed().thenComparing(c -> c.id().name()));
        commits.stream().filter(c -> !children.containsKey(c.id())).forEach(ready::add);
        List<ObjectId> ordered = new ArrayList<>();
        for (CommitInfo commit = ready.poll(); commit != null; commit = ready.poll()) {
            ordered.add(commit.id());
            for (ObjectId parent : commit.parents()) {
                CommitInfo info = byId.get(parent);
                if (children.merge(parent, -1, Integer::sum) == 0 && info != null) {
                    ready.add(info);
                }
            }
        }
        return ordered;
    }

    /** The current branch if the commit is HEAD, else a tag, else a branch; null when nothing points at it. */
    @Nullable
    String nameOf(ObjectId commit) {
        Optional<String> current = git.headRef()
                .filter(r -> r.startsWith("refs/heads/") && git.head().equals(Optional.of(commit)))
                .map(r -> r.substring("refs/heads/".length()));
        return current.or(() -> git.tagsAt(commit).stream().findFirst())
                .or(() -> git.branchesAt(commit).stream().findFirst())
                .orElse(null);
    }
}

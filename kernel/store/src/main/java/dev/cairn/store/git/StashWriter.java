package dev.cairn.store.git;

import dev.cairn.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * Writes the commit that {@code git stash --include-untracked} would make of the work tree, so that
 * {@code git stash apply} brings it back. The work tree, the index and Git's own stash stay as they are; which ref is to keep
 * the commit is the caller's choice.
 */
public final class StashWriter {
    private final GitRepository repository;
    private final WorkspaceTree workspace;

    public StashWriter(GitRepository repository) {
        this.repository = repository;
        this.workspace = new WorkspaceTree(repository);
    }

    /**
     * Writes the stash commit: {@code On <branch>: <message>} with the parents HEAD, {@code index on <branch>: …} and
     * {@code untracked files on <branch>: …}.
     */
    public ObjectId write(String message) {
        ObjectId head = repository
                .head()
                .orElseThrow(() -> new StoreException(
                        "The Git repository '" + repository.workTree() + "' has no commit yet.",
                        "Make one with `git commit`."));
        String branch = repository.headRef().map(Repository::shortenRefName).orElse("(no branch)");
        CommitInfo headCommit = repository.commit(head);
        String on = " on " + branch + ": " + head.abbreviate(7).name() + " " + headCommit.subject() + "\n";
        CommitWriter commits = new CommitWriter(repository);

        List<ObjectId> parents = new ArrayList<>();
        parents.add(head);
        parents.add(commits.write(workspace.writeStaged(), List.of(head), "index" + on));
        ObjectId untracked = workspace.writeUntracked().orElseGet(workspace::writeEmpty);
        parents.add(commits.write(untracked, List.of(), "untracked files" + on));
        return commits.write(workspace.write(List.of(), Set.of()), parents, "On " + branch + ": " + message);
    }
}

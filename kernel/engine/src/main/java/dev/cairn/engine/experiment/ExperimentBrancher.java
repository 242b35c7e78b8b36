package dev.cairn.engine.experiment;

import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.project.Project;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.git.RefTransaction;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/** Makes a Git branch of an experiment, or of any checkpoint of it: at the commit asked for. */
public final class ExperimentBrancher {
    private final GitRepository git;

    public ExperimentBrancher(Project project) {
        this.git = project.git();
    }

    /**
     * Makes the branch.
     *
     * @throws ConflictException when there is one of that name
     */
    public void branch(String revision, String branch) {
        ObjectId commit = new ExperimentRefs(git).resolve(revision);
        String ref = "refs/heads/" + branch;
        if (!Repository.isValidRefName(ref)) {
            throw new EngineException(
                    "'%s' is not a name for a branch".formatted(branch), "Use letters, digits, '-' and '_'.");
        }
        if (git.refs(ref).containsKey(ref)) {
            throw new ConflictException(
                    "Git branch '%s' already exists.".formatted(branch), "Give the branch another name.");
        }
        new RefTransaction(git).compareAndSet(ref, ObjectId.zeroId(), commit, "branch: Created from " + revision);
    }
}

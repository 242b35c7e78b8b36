package dev.cairn.store.git;

import dev.cairn.store.StoreException;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;

/** Writes commit objects. No ref moves, no hook runs. */
public final class CommitWriter {
    private final GitRepository repository;

    public CommitWriter(GitRepository repository) {
        this.repository = repository;
    }

    /** Writes a commit by the repository's author and committer with the message as it is. */
    public ObjectId write(ObjectId tree, List<ObjectId> parents, String message) {
        return write(tree, parents, message, repository.author(), repository.committer());
    }

    /** Writes a commit with the message as it is. */
    public ObjectId write(
            ObjectId tree, List<ObjectId> parents, String message, PersonIdent author, PersonIdent committer) {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(parents);
        commit.setMessage(message);
        commit.setAuthor(author);
        commit.setCommitter(committer);
        try (ObjectInserter inserter = new LooseObjectInserter(repository.repository())) {
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        } catch (IOException e) {
            throw StoreException.io("write a commit to '" + repository.gitDir() + "'", e);
        }
    }
}

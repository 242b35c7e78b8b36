package dev.cairn.store.git;

import dev.cairn.store.StoreException;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

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

    /** Writes the commit again with another parent: tree, people, times and message stay. */
    public ObjectId rewrite(ObjectId commit, ObjectId parent) {
        try (RevWalk walk = new RevWalk(repository.repository())) {
            RevCommit old = walk.parseCommit(commit);
            return write(
                    old.getTree().getId(),
                    List.of(parent),
                    old.getFullMessage(),
                    old.getAuthorIdent(),
                    old.getCommitterIdent());
        } catch (IOException e) {
            throw StoreException.io("read a commit of '" + repository.gitDir() + "'", e);
        }
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

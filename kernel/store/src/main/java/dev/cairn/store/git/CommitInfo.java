package dev.cairn.store.git;

import java.time.Instant;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A commit.
 *
 * @param time when it was committed
 * @param message the whole message as it is
 */
public record CommitInfo(ObjectId id, List<ObjectId> parents, ObjectId tree, Instant time, String message) {
    public CommitInfo {
        parents = List.copyOf(parents);
    }

    /** The message's first line. */
    public String subject() {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}

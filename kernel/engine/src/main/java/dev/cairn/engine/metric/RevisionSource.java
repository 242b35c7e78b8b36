package dev.cairn.engine.metric;

import org.eclipse.jgit.lib.ObjectId;

/** Opens the revisions of one project for reading. Commits may be opened by several threads. */
public interface RevisionSource {
    /** The workspace as it is now. Every call looks again. */
    RevisionData workspace();

    /**
     * The project in a commit's tree.
     *
     * @param name what to call the revision in results: as the user wrote it
     */
    RevisionData commit(String name, ObjectId commit);
}

package dev.cairn.store.cas;

/** The ways content gets from the store into the workspace ({@code cache.type}). */
public enum LinkType {
    /** A copy that shares the disk's blocks until one of the two is written. */
    REFLINK,
    /** One more name of the object's file; read-only in the workspace. */
    HARDLINK,
    /** A symbolic link to the object's file. */
    SYMLINK,
    /** A copy of its own. */
    COPY
}

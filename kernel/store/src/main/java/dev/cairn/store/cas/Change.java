package dev.cairn.store.cas;

/** What a checkout did to a path. */
public enum Change {
    ADDED,
    MODIFIED,
    UNCHANGED,
    DELETED
}

package dev.cairn.engine.reproduce;

import dev.cairn.engine.pipeline.PathState;
import dev.cairn.store.hash.HashName;
import dev.cairn.store.snapshot.FileSnapshot;

/** Between snapshots of files and the records that lock files keep of them. */
public final class PathStates {
    private PathStates() {}

    /** The record of a snapshot; without a hash for a missing file. */
    public static PathState of(String declared, FileSnapshot snapshot, HashName hashName) {
        if (snapshot instanceof FileSnapshot.RegularFile file) {
            return new PathState(declared, file.hash(), hashName, file.size(), null, file.executable());
        }
        if (snapshot instanceof FileSnapshot.Directory directory) {
            return new PathState(declared, directory.hash(), hashName, directory.size(), directory.fileCount(), false);
        }
        return PathState.unknown(declared);
    }

    /** Whether the content is the recorded one. The size does not count: DVC compares hashes only. */
    public static boolean matches(PathState known, FileSnapshot now) {
        if (now instanceof FileSnapshot.RegularFile file) {
            return file.hash().equals(known.hash());
        }
        return now instanceof FileSnapshot.Directory directory
                && directory.hash().equals(known.hash());
    }
}

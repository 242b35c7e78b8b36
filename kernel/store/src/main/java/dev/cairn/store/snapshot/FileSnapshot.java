package dev.cairn.store.snapshot;

import dev.cairn.store.hash.ContentHash;
import java.util.Optional;

/** What lies at a path: a file, a directory or nothing. Absence is a case, not a null. */
public sealed interface FileSnapshot {
    /**
     * A file.
     *
     * @param size its size on disk, also when the hash is of folded line ends
     * @param executable whether its owner may execute it
     */
    record RegularFile(ContentHash hash, long size, boolean executable) implements FileSnapshot {}

    /**
     * A directory.
     *
     * @param hash the manifest's hash
     * @param size the sum of its files' sizes on disk
     * @param fileCount how many files the manifest has
     */
    record Directory(ContentHash hash, long size, int fileCount, DirectoryManifest manifest) implements FileSnapshot {}

    /** Nothing. */
    record Missing() implements FileSnapshot {}

    /** The content's hash, unless nothing is there. */
    default Optional<ContentHash> contentHash() {
        if (this instanceof RegularFile file) {
            return Optional.of(file.hash());
        }
        if (this instanceof Directory directory) {
            return Optional.of(directory.hash());
        }
        return Optional.empty();
    }
}

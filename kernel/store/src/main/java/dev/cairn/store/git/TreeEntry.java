package dev.cairn.store.git;

import java.util.Arrays;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.RawParseUtils;

/** A file of a tree by its whole path, in the bytes Git has. */
@SuppressWarnings("ArrayRecordComponent") // the bytes are Git's; entries are never compared by equals
record TreeEntry(byte[] path, FileMode mode, ObjectId id) implements Comparable<TreeEntry> {
    static TreeEntry of(String path, FileMode mode, ObjectId id) {
        return new TreeEntry(Constants.encode(path), mode, id);
    }

    String pathText() {
        return RawParseUtils.decode(path);
    }

    /** The end of the name that starts at {@code start}. */
    int nameEnd(int start) {
        int end = start;
        while (end < path.length && path[end] != '/') {
            end++;
        }
        return end;
    }

    /** Whether this path lies below the directory that is the first {@code length} bytes of {@code directory}. */
    boolean hasDirectory(byte[] directory, int length) {
        return path.length > length && path[length] == '/' && Arrays.equals(path, 0, length, directory, 0, length);
    }

    int comparePath(TreeEntry other) {
        return Arrays.compareUnsigned(path, other.path);
    }

    /** The index's order. */
    @Override
    public int compareTo(TreeEntry other) {
        return comparePath(other);
    }
}

package dev.cairn.store.git;

import dev.cairn.store.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.TreeFormatter;

/**
 * Writes the trees for a sorted list of files. Trees that this instance has seen in the repository are not looked for again, so
 * writing a tree that differs in one file costs the trees along that file's path.
 */
final class TreeWriter {
    private static final int MAX_REMEMBERED = 100_000;

    private final Set<ObjectId> present = ConcurrentHashMap.newKeySet();

    /** Writes the trees and returns the root's id. The entries must be in the index's order. */
    ObjectId write(List<TreeEntry> entries, ObjectInserter inserter) throws IOException {
        if (present.size() > MAX_REMEMBERED) {
            present.clear();
        }
        return new Run(entries, inserter).write(0, entries.size(), 0);
    }

    private final class Run {
        private final List<TreeEntry> entries;
        private final ObjectInserter inserter;

        Run(List<TreeEntry> entries, ObjectInserter inserter) {
            this.entries = entries;
            this.inserter = inserter;
        }

        /** The tree of the entries from {@code from} to {@code to}, whose paths are equal up to {@code nameStart}. */
        ObjectId write(int from, int to, int nameStart) throws IOException {
            TreeFormatter tree = new TreeFormatter();
            int i = from;
            while (i < to) {
                TreeEntry entry = entries.get(i);
                int nameEnd = entry.nameEnd(nameStart);
                if (nameEnd == entry.path().length) {
                    requireNoDirectory(i, to, nameEnd);
                    tree.append(entry.path(), nameStart, nameEnd - nameStart, entry.mode(), entry.id());
                    i++;
                    continue;
                }
                int end = i + 1;
                while (end < to && entries.get(end).hasDirectory(entry.path(), nameEnd)) {
                    end++;
                }
                ObjectId subtree = write(i, end, nameEnd + 1);
                tree.append(entry.path(), nameStart, nameEnd - nameStart, org.eclipse.jgit.lib.FileMode.TREE, subtree);
                i = end;
            }
            return insert(tree);
        }

        private void requireNoDirectory(int index, int to, int nameEnd) {
            TreeEntry file = entries.get(index);
            boolean clash = index + 1 < to
                    && (entries.get(index + 1).hasDirectory(file.path(), nameEnd)
                            || entries.get(index + 1).comparePath(file) == 0);
            if (clash) {
                throw new StoreException(
                        "'" + file.pathText() + "' cannot be in a Git tree twice, or as a file and as a directory.",
                        "Look at `git status`, and `git add` or `git rm` the path.");
            }
        }

        private ObjectId insert(TreeFormatter tree) throws IOException {
            ObjectId id = tree.computeId(inserter);
            if (!present.contains(id)) {
                byte[] bytes = tree.toByteArray();
                inserter.insert(Constants.OBJ_TREE, bytes);
                present.add(id);
            }
            return id;
        }
    }
}

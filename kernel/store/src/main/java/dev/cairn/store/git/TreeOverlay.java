package dev.cairn.store.git;

import dev.cairn.store.StoreException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;

/** Writes trees that differ from another in a few files. */
public final class TreeOverlay {
    private final GitRepository repository;

    public TreeOverlay(GitRepository repository) {
        this.repository = repository;
    }

    /**
     * Writes the tree with these files.
     *
     * @param contents by path relative to the tree
     * @param removed paths that the new tree shall not have
     */
    public ObjectId write(ObjectId tree, Map<String, byte[]> contents, Set<String> removed) {
        return contents.isEmpty() && removed.isEmpty() ? tree : write(Optional.of(tree), contents, removed);
    }

    /** Writes a tree of just these files. */
    public ObjectId write(Map<String, byte[]> contents) {
        return write(Optional.empty(), contents, Set.of());
    }

    private ObjectId write(Optional<ObjectId> tree, Map<String, byte[]> contents, Set<String> removed) {
        try (ObjectReader reader = repository.repository().newObjectReader();
                ObjectInserter inserter = new LooseObjectInserter(repository.repository())) {
            DirCache files = DirCache.newInCore();
            DirCacheBuilder builder = files.builder();
            if (tree.isPresent()) {
                builder.addTree(new byte[0], DirCacheEntry.STAGE_0, reader, repository.treeOf(tree.get()));
            }
            builder.finish();
            DirCacheEditor editor = files.editor();
            removed.forEach(path -> editor.add(new DirCacheEditor.DeletePath(path)));
            for (Map.Entry<String, byte[]> file : contents.entrySet()) {
                ObjectId blob = inserter.insert(Constants.OBJ_BLOB, file.getValue());
                editor.add(new DirCacheEditor.PathEdit(file.getKey()) {
                    @Override
                    public void apply(DirCacheEntry entry) {
                        if (entry.getRawMode() == 0) {
                            entry.setFileMode(FileMode.REGULAR_FILE);
                        }
                        entry.setObjectId(blob);
                    }
                });
            }
            editor.finish();
            ObjectId written = files.writeTree(inserter);
            inserter.flush();
            return written;
        } catch (IOException e) {
            throw StoreException.io("write a tree to '" + repository.gitDir() + "'", e);
        }
    }
}

package dev.cairn.store.git;

import dev.cairn.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.jspecify.annotations.Nullable;

/**
 * The files of one Git tree, read only. Paths are relative to the tree with {@code /}; content is as it is stored, no filter
 * applied. Symbolic links are files that hold their target; submodules do not appear. Safe for several threads.
 */
public final class TreeFiles {
    private final Repository repository;
    private final ObjectId tree;

    TreeFiles(Repository repository, ObjectId tree) {
        this.repository = repository;
        this.tree = tree;
    }

    /** The tree's id. */
    public ObjectId tree() {
        return tree;
    }

    /** The file's bytes, if the tree has it. */
    public Optional<byte[]> read(String path) {
        try (ObjectReader reader = repository.newObjectReader();
                TreeWalk walk = find(reader, path)) {
            if (walk == null || !isFile(walk.getFileMode(0))) {
                return Optional.empty();
            }
            return Optional.of(reader.open(walk.getObjectId(0)).getCachedBytes(Integer.MAX_VALUE));
        } catch (IOException e) {
            throw StoreException.io("read '" + path + "' of the Git tree " + tree.name(), e);
        }
    }

    /** The id of the file's blob, if the tree has it; equal ids mean equal content. */
    public Optional<ObjectId> idOf(String path) {
        try (ObjectReader reader = repository.newObjectReader();
                TreeWalk walk = find(reader, path)) {
            return walk != null && isFile(walk.getFileMode(0)) ? Optional.of(walk.getObjectId(0)) : Optional.empty();
        } catch (IOException e) {
            throw StoreException.io("look for '" + path + "' in the Git tree " + tree.name(), e);
        }
    }

    /** Whether the tree has the path, as a file or as a directory. */
    public boolean exists(String path) {
        if (path.isEmpty()) {
            return true;
        }
        try (ObjectReader reader = repository.newObjectReader();
                TreeWalk walk = find(reader, path)) {
            return walk != null;
        } catch (IOException e) {
            throw StoreException.io("look for '" + path + "' in the Git tree " + tree.name(), e);
        }
    }

    /** All files' paths, in Git's order. */
    public List<String> list() {
        return list("");
    }

    /** The paths of the files at or below {@code prefix}, which is a whole path, not a part of a name. */
    public List<String> list(String prefix) {
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(tree);
            walk.setRecursive(true);
            if (!prefix.isEmpty()) {
                walk.setFilter(PathFilter.create(prefix));
            }
            List<String> paths = new ArrayList<>();
            while (walk.next()) {
                if (isFile(walk.getFileMode(0))) {
                    paths.add(walk.getPathString());
                }
            }
            return paths;
        } catch (IOException e) {
            throw StoreException.io("list the Git tree " + tree.name(), e);
        }
    }

    private @Nullable TreeWalk find(ObjectReader reader, String path) throws IOException {
        return path.isEmpty() ? null : TreeWalk.forPath(reader, path, tree);
    }

    private static boolean isFile(FileMode mode) {
        return mode.getObjectType() == org.eclipse.jgit.lib.Constants.OBJ_BLOB;
    }
}

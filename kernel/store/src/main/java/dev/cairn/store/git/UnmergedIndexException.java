package dev.cairn.store.git;

import dev.cairn.store.StoreException;
import java.util.List;

/** A merge is not finished: the index has conflicts, so there is no tree to write. */
public final class UnmergedIndexException extends StoreException {
    private final List<String> paths;

    UnmergedIndexException(List<String> paths) {
        super(
                "The Git index has unmerged paths: " + String.join(", ", paths.subList(0, Math.min(5, paths.size())))
                        + ".",
                "Resolve the conflicts and `git add` the files, or abort the merge.");
        this.paths = List.copyOf(paths);
    }

    public List<String> paths() {
        return paths;
    }
}

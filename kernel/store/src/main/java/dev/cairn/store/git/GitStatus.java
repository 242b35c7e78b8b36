package dev.cairn.store.git;

import java.util.List;

/**
 * What {@code git status} tells.
 *
 * @param isChanged whether tracked files differ between commit, index and work tree
 * @param untracked files that are neither tracked nor ignored, relative to the work tree, sorted
 */
public record GitStatus(boolean isChanged, List<String> untracked) {
    public GitStatus {
        untracked = List.copyOf(untracked);
    }
}

package dev.cairn.engine.experiment;

import java.util.List;

/**
 * What {@code exp apply} did.
 *
 * @param argument what the user named
 * @param revision the commit that was applied, 40 hex
 * @param changed paths that were written or deleted, relative to the repository's top
 * @param notes what the user should know beside
 * @param hasSavedWork whether the workspace had changes that no commit has; they are in {@code refs/exps/apply/stash}
 */
public record ApplyResult(
        String argument, String revision, List<String> changed, boolean hasSavedWork, List<String> notes) {
    public ApplyResult {
        changed = List.copyOf(changed);
        notes = List.copyOf(notes);
    }
}

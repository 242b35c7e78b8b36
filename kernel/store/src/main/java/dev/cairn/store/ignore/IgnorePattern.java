package dev.cairn.store.ignore;

import java.nio.file.Path;
import org.eclipse.jgit.ignore.FastIgnoreRule;

/**
 * One line of an ignore file.
 *
 * @param file the ignore file
 * @param line its line, from 1
 * @param text the line as it is written
 * @param rule its meaning
 */
public record IgnorePattern(Path file, int line, String text, FastIgnoreRule rule) {
    /** Whether the line re-includes what it matches. */
    public boolean isNegated() {
        return rule.getNegation();
    }

    boolean matches(String path, boolean directory) {
        return rule.isMatch(path, directory, true);
    }
}

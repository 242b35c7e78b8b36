package dev.cairn.engine.metric;

import org.jspecify.annotations.Nullable;

/**
 * One metric or parameter at two revisions.
 *
 * @param file where it is read, relative to the root
 * @param name dotted
 * @param before null when missing
 * @param after null when missing
 */
public record ValueChange(String file, String name, @Nullable Object before, @Nullable Object after) {
    /** {@code after - before} when both are numbers (a boolean counts as none), else null. Whole for whole numbers. */
    public @Nullable Number difference() {
        return before instanceof Number && after instanceof Number ? Numbers.difference(before, after) : null;
    }
}

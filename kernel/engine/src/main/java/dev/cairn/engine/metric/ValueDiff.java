package dev.cairn.engine.metric;

import java.util.List;

/**
 * What differs in metrics or parameters between two revisions.
 *
 * @param from name of the older side as shown ({@code HEAD}, an experiment, 7 hex)
 * @param to name of the newer side ({@code workspace})
 * @param changes by file, then by name; with {@code all}, the unchanged too
 */
public record ValueDiff(String from, String to, List<ValueChange> changes) {
    public ValueDiff {
        changes = List.copyOf(changes);
    }
}

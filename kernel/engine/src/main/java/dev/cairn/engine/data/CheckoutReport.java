package dev.cairn.engine.data;

import java.util.List;

/**
 * What {@code checkout} did, by path relative to the working directory; directories end with {@code /}.
 *
 * @param missing absolute paths of outputs, or files in them, whose content is not known or in no cache
 * @param unknown absolute paths of outputs of which nothing is known
 */
public record CheckoutReport(
        List<String> added, List<String> modified, List<String> deleted, List<String> missing, List<String> unknown) {
    public CheckoutReport {
        added = List.copyOf(added);
        modified = List.copyOf(modified);
        deleted = List.copyOf(deleted);
        missing = List.copyOf(missing);
        unknown = List.copyOf(unknown);
    }

    public boolean isUnchanged() {
        return added.isEmpty() && modified.isEmpty() && deleted.isEmpty();
    }
}

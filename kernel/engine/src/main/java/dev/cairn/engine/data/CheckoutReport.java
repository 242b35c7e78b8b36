package dev.cairn.engine.data;

import java.util.List;

/**
 * What {@code checkout} did, by path relative to the root; directories end with {@code /}.
 *
 * @param missing outputs whose content is in no cache
 */
public record CheckoutReport(List<String> added, List<String> modified, List<String> deleted, List<String> missing) {
    public CheckoutReport {
        added = List.copyOf(added);
        modified = List.copyOf(modified);
        deleted = List.copyOf(deleted);
        missing = List.copyOf(missing);
    }

    public boolean isUnchanged() {
        return added.isEmpty() && modified.isEmpty() && deleted.isEmpty();
    }
}

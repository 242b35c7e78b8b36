package dev.cairn.magics.render;

import java.util.List;

/**
 * Which columns and rows {@code exp show} shows, and how.
 *
 * @param keep regular expression of headers that are never dropped; empty for none
 * @param drop regular expression of headers to drop; empty for none
 * @param onlyChanged drops columns with one value in all rows
 * @param includeMetrics of metrics only these: names, patterns with {@code *}, or {@code file:name}; empty for all
 * @param sortBy metric or parameter by whose value experiments are sorted; empty for newest first
 * @param precision significant digits; 0 for the default
 * @param sha shows commits instead of branch and tag names
 */
public record ShowOptions(
        String keep,
        String drop,
        boolean onlyChanged,
        List<String> includeMetrics,
        List<String> excludeMetrics,
        List<String> includeParams,
        List<String> excludeParams,
        String sortBy,
        boolean descending,
        int precision,
        boolean sha) {
    /** Everything, newest first. */
    public static final ShowOptions ALL =
            new ShowOptions("", "", false, List.of(), List.of(), List.of(), List.of(), "", false, 0, false);

    public ShowOptions {
        includeMetrics = List.copyOf(includeMetrics);
        excludeMetrics = List.copyOf(excludeMetrics);
        includeParams = List.copyOf(includeParams);
        excludeParams = List.copyOf(excludeParams);
    }

    /** Whether columns are named one by one: then hashes of dependencies, which cannot be named so, are left out. */
    boolean choosesColumns() {
        return !includeMetrics.isEmpty() || !includeParams.isEmpty();
    }

    int digits() {
        return precision > 0 ? precision : CellText.DEFAULT_PRECISION;
    }
}

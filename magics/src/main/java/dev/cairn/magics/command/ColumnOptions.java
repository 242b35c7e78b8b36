package dev.cairn.magics.command;

import dev.cairn.magics.render.ShowOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of {@code exp show} that choose columns and order. */
final class ColumnOptions {
    @Option(names = "--keep", paramLabel = "REGEX", description = "Never drop columns whose header begins so.")
    private String keep = "";

    @Option(names = "--drop", paramLabel = "REGEX", description = "Drop columns whose header begins so.")
    private String drop = "";

    @Option(names = "--only-changed", description = "Drop columns that have one value in all rows.")
    private boolean onlyChanged;

    @Option(
            names = "--include-metrics",
            paramLabel = "NAMES",
            split = ",",
            description = "Of metrics only these: names, patterns with *, or file:name, parted by commas.")
    private List<String> includeMetrics = new ArrayList<>();

    @Option(names = "--exclude-metrics", paramLabel = "NAMES", split = ",", description = "Leave out these metrics.")
    private List<String> excludeMetrics = new ArrayList<>();

    @Option(names = "--include-params", paramLabel = "NAMES", split = ",", description = "Of parameters only these.")
    private List<String> includeParams = new ArrayList<>();

    @Option(names = "--exclude-params", paramLabel = "NAMES", split = ",", description = "Leave out these parameters.")
    private List<String> excludeParams = new ArrayList<>();

    @Option(names = "--sort-by", paramLabel = "NAME", description = "Sort experiments by this metric or parameter.")
    private String sortBy = "";

    @Option(names = "--sort-order", paramLabel = "asc|desc", description = "Order of --sort-by.")
    private Order order = Order.ASC;

    @Option(names = "--sha", description = "Show commits instead of branch and tag names.")
    private boolean sha;

    @Option(names = "--precision", paramLabel = "N", description = "Significant digits of numbers.")
    private int precision;

    enum Order {
        ASC,
        DESC
    }

    ShowOptions options() {
        return new ShowOptions(
                keep,
                drop,
                onlyChanged,
                includeMetrics,
                excludeMetrics,
                includeParams,
                excludeParams,
                sortBy,
                order == Order.DESC,
                precision,
                sha);
    }
}

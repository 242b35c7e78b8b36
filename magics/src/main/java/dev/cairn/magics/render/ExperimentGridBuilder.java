package dev.cairn.magics.render;

import static java.util.stream.Collectors.toCollection;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.experiment.Annotation;
import dev.cairn.engine.experiment.BaselineExperiments;
import dev.cairn.engine.experiment.ExperimentRange;
import dev.cairn.engine.experiment.ExperimentTable;
import dev.cairn.engine.experiment.RevisionState;
import dev.cairn.engine.experiment.RevisionState.PathSummary;
import dev.cairn.engine.metric.FileValues;
import dev.cairn.magics.render.ExperimentGrid.Cell;
import dev.cairn.magics.render.ExperimentGrid.Column;
import dev.cairn.magics.render.ExperimentGrid.Kind;
import dev.cairn.magics.render.ExperimentGrid.Position;
import dev.cairn.magics.render.ExperimentGrid.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lays an experiment table out in rows and columns, in DVC's order, and applies the options. */
final class ExperimentGridBuilder {
    private static final List<Column> FIXED = List.of(
            Column.fixed(Kind.EXPERIMENT, "Experiment"),
            Column.fixed(Kind.REV, "rev"),
            Column.fixed(Kind.TYPE, "typ"),
            Column.fixed(Kind.CREATED, "Created"),
            Column.fixed(Kind.PARENT, "parent"),
            Column.fixed(Kind.STATE, "State"),
            Column.fixed(Kind.EXECUTOR, "Executor"));

    private final ExperimentTable table;
    private final ShowOptions options;
    private final List<String> warnings = new ArrayList<>();
    private final IdentityHashMap<FileValues, Map<String, @Nullable Object>> flattened = new IdentityHashMap<>();

    private ExperimentGridBuilder(ExperimentTable table, ShowOptions options) {
        this.table = table;
        this.options = options;
    }

    static ExperimentGrid build(ExperimentTable table, ShowOptions options) {
        return new ExperimentGridBuilder(table, options).build();
    }

    private ExperimentGrid build() {
        List<Column> all = allColumns();
        List<Row> rows = rows(all);
        Set<Column> chosen = selected(all);
        List<Integer> kept = IntStream.range(0, all.size())
                .filter(i -> chosen.contains(all.get(i)))
                .filter(i -> isKept(all.get(i)) || !isDropped(all.get(i), i, rows))
                .boxed()
                .toList();
        List<Row> projected = rows.stream()
                .map(row -> new Row(
                        row.position(),
                        row.baseline(),
                        row.range(),
                        row.revision(),
                        row.experiment(),
                        row.rev(),
                        row.created(),
                        row.state(),
                        row.executor(),
                        kept.stream().map(row.cells()::get).toList(),
                        row.remark()))
                .toList();
        return new ExperimentGrid(kept.stream().map(all::get).toList(), projected, warnings);
    }

    // ---- columns

    private List<RevisionState> revisions() {
        return table.baselines().stream()
                .flatMap(b -> Stream.concat(
                        Stream.of(b.baseline()), b.experiments().stream().flatMap(r -> r.revisions().stream())))
                .toList();
    }

    private List<Column> allColumns() {
        Map<String, Set<String>> metrics = new LinkedHashMap<>();
        Map<String, Set<String>> params = new LinkedHashMap<>();
        Set<String> dependencies = new TreeSet<>();
        for (RevisionState revision : revisions()) {
            collectNames(revision.metrics(), metrics);
            collectNames(revision.params(), params);
            dependencies.addAll(revision.dependencies().keySet());
        }
        Map<String, Integer> uses = new HashMap<>();
        FIXED.forEach(c -> uses.merge(c.header(), 1, Integer::sum));
        // As in DVC, the columns of a file that is both count once.
        Map<String, Set<String>> files = new LinkedHashMap<>(metrics);
        files.putAll(params);
        files.values().forEach(names -> names.forEach(n -> uses.merge(n, 1, Integer::sum)));

        List<Column> columns = new ArrayList<>(FIXED);
        addColumns(columns, Kind.METRIC, metrics, uses);
        addColumns(columns, Kind.PARAM, params, uses);
        dependencies.forEach(path -> columns.add(new Column(Kind.DEPENDENCY, path, path, "")));
        return columns;
    }

    private void collectNames(Map<String, FileValues> files, Map<String, Set<String>> into) {
        files.forEach((file, values) -> into.computeIfAbsent(file, f -> new LinkedHashSet<>())
                .addAll(flat(values).keySet()));
    }

    private static void addColumns(
            List<Column> columns, Kind kind, Map<String, Set<String>> names, Map<String, Integer> uses) {
        names.forEach((file, inFile) -> inFile.forEach(name ->
                columns.add(new Column(kind, uses.getOrDefault(name, 1) == 1 ? name : file + ":" + name, file, name))));
    }

    private Map<String, @Nullable Object> flat(FileValues values) {
        return flattened.computeIfAbsent(values, FileValues::flat);
    }

    private Set<Column> selected(List<Column> columns) {
        Set<Column> chosen = new HashSet<>(columns);
        retain(columns, chosen, Kind.METRIC, options.includeMetrics(), options.excludeMetrics());
        retain(columns, chosen, Kind.PARAM, options.includeParams(), options.excludeParams());
        return chosen;
    }

    private void retain(
            List<Column> columns, Set<Column> chosen, Kind kind, List<String> include, List<String> exclude) {
        List<Column> ofKind = columns.stream().filter(c -> c.kind() == kind).toList();
        if (!include.isEmpty()) {
            Set<Column> matched = matching(ofKind, include, kind);
            chosen.removeIf(c -> c.kind() == kind && !matched.contains(c));
        }
        chosen.removeAll(matching(ofKind, exclude, kind));
    }

    private Set<Column> matching(List<Column> columns, List<String> patterns, Kind kind) {
        Set<Column> matched = new HashSet<>();
        for (String pattern : patterns) {
            Pattern glob = Glob.compile(pattern);
            List<Column> found = columns.stream()
                    .filter(c -> glob.matcher(c.name()).matches()
                            || glob.matcher(c.file() + ":" + c.name()).matches())
                    .toList();
            if (found.isEmpty()) {
                warnings.add(unmatched(pattern, columns, kind));
            }
            matched.addAll(found);
        }
        return matched;
    }

    private static String unmatched(String pattern, List<Column> columns, Kind kind) {
        String known = kind == Kind.METRIC ? "metric" : "param";
        return "'%s' does not match any known %s%s"
                .formatted(
                        pattern,
                        known,
                        Nearest.to(pattern, columns.stream().map(Column::name).toList())
                                .map(name -> "; did you mean '" + name + "'?")
                                .orElse(""));
    }

    private boolean isKept(Column column) {
        return !options.keep().isEmpty()
                && regex("--keep", options.keep()).matcher(column.header()).lookingAt();
    }

    private boolean isDropped(Column column, int index, List<Row> rows) {
        if (column.kind() == Kind.STATE) {
            return rows.stream().allMatch(r -> r.state().isEmpty());
        }
        if (column.kind() == Kind.EXECUTOR) {
            return rows.stream().allMatch(r -> r.executor().isEmpty());
        }
        if (column.kind() == Kind.DEPENDENCY && options.choosesColumns()) {
            return true;
        }
        if (!options.drop().isEmpty()
                && regex("--drop", options.drop()).matcher(column.header()).lookingAt()) {
            return true;
        }
        return options.onlyChanged() && isData(column) && hasOneValue(index, rows);
    }

    private boolean hasOneValue(int index, List<Row> rows) {
        return rows.stream()
                        .map(r -> r.cells().get(index).text(options.digits(), CellText.MISSING))
                        .distinct()
                        .count()
                <= 1;
    }

    private static boolean isData(Column column) {
        return column.kind() == Kind.METRIC || column.kind() == Kind.PARAM || column.kind() == Kind.DEPENDENCY;
    }

    private static Pattern regex(String option, String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new EngineException(
                    "'%s' in '%s' is not a regular expression: %s".formatted(pattern, option, e.getDescription()), "");
        }
    }

    // ---- rows

    private List<Row> rows(List<Column> columns) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < table.baselines().size(); i++) {
            BaselineExperiments baseline = table.baselines().get(i);
            rows.add(row(Position.BASELINE, i, null, baseline.baseline(), "", baselineRev(baseline), columns));
            List<ExperimentRange> ranges = sorted(baseline.experiments(), columns);
            for (int j = 0; j < ranges.size(); j++) {
                addRange(rows, ranges.get(j), i, j == ranges.size() - 1, columns);
            }
        }
        return rows;
    }

    private String baselineRev(BaselineExperiments baseline) {
        RevisionState state = baseline.baseline();
        return state.name() == null || options.sha() ? state.shortRev() : state.name();
    }

    private void addRange(List<Row> rows, ExperimentRange range, int baseline, boolean isLast, List<Column> columns) {
        int count = range.revisions().size();
        for (int k = 0; k < count; k++) {
            RevisionState state = range.revisions().get(k);
            Position position = count == 1
                    ? (isLast ? Position.LAST_EXPERIMENT : Position.EXPERIMENT)
                    : k == 0
                            ? Position.CHECKPOINT_TIP
                            : k == count - 1 ? Position.CHECKPOINT_BASE : Position.CHECKPOINT;
            String name = k == 0 && range.name() != null ? range.name() : "";
            rows.add(row(position, baseline, range, state, name, state.shortRev(), columns));
        }
    }

    private Row row(
            Position position,
            int baseline,
            @Nullable ExperimentRange range,
            RevisionState state,
            String experiment,
            String rev,
            List<Column> columns) {
        ExperimentRange.@Nullable Executor executor = range == null ? null : range.executor();
        return new Row(
                position,
                baseline,
                range,
                state,
                experiment,
                rev,
                state.timestamp(),
                executor == null ? "" : capitalized(executor.state()),
                executor == null || executor.name() == null ? "" : capitalized(executor.name()),
                columns.stream().map(c -> cell(state, c)).toList(),
                remark(state));
    }

    private String remark(RevisionState state) {
        return Optional.ofNullable(table.annotations().get(state.rev()))
                .map(Annotation::shown)
                .orElse("");
    }

    private Cell cell(RevisionState state, Column column) {
        return switch (column.kind()) {
            case METRIC -> valueCell(state.metrics().get(column.file()), column.name());
            case PARAM -> valueCell(state.params().get(column.file()), column.name());
            case DEPENDENCY -> {
                PathSummary summary = state.dependencies().get(column.file());
                yield summary == null || summary.hash() == null ? Cell.MISSING : new Cell(summary.hash(), false);
            }
            case EXPERIMENT, REV, TYPE, CREATED, PARENT, STATE, EXECUTOR -> Cell.MISSING;
        };
    }

    private Cell valueCell(@Nullable FileValues values, String name) {
        if (values == null) {
            return Cell.MISSING;
        }
        @Nullable Object value = flat(values).get(name);
        if (value != null) {
            return new Cell(value, false);
        }
        return values.error() == null ? Cell.MISSING : Cell.UNREADABLE;
    }

    // ---- order

    private List<ExperimentRange> sorted(List<ExperimentRange> ranges, List<Column> columns) {
        if (options.sortBy().isEmpty() || ranges.isEmpty()) {
            return ranges;
        }
        Column column = sortColumn(columns);
        Comparator<ExperimentRange> byValue =
                Comparator.comparing(r -> cell(r.tip(), column), ExperimentGridBuilder::compareCells);
        return ranges.stream()
                .sorted(options.descending() ? byValue.reversed() : byValue)
                .toList();
    }

    private Column sortColumn(List<Column> columns) {
        String sortBy = options.sortBy();
        List<Column> found = columns.stream()
                .filter(c -> c.kind() == Kind.METRIC || c.kind() == Kind.PARAM)
                .filter(c -> sortBy.equals(c.name()) || sortBy.equals(c.file() + ":" + c.name()))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.isEmpty()) {
            List<String> names = columns.stream().map(Column::name).collect(toCollection(ArrayList::new));
            throw new EngineException(
                    "Unknown sort column '%s'".formatted(sortBy),
                    Nearest.to(sortBy, names)
                            .map(n -> "Did you mean '" + n + "'?")
                            .orElse(""));
        }
        throw new EngineException(
                "Ambiguous sort column '%s' matched '%s'"
                        .formatted(
                                sortBy,
                                String.join(
                                        ", ",
                                        found.stream()
                                                .map(c -> c.file() + ":" + c.name())
                                                .toList())),
                "");
    }

    private static int compareCells(Cell a, Cell b) {
        if (a.value() == null || b.value() == null) {
            return Boolean.compare(a.value() == null, b.value() == null);
        }
        if (a.value() instanceof Number && b.value() instanceof Number) {
            return Double.compare(a.number(), b.number());
        }
        return a.exact("").compareTo(b.exact(""));
    }

    private static String capitalized(String word) {
        return word.isEmpty()
                ? word
                : word.substring(0, 1).toUpperCase(Locale.ROOT)
                        + word.substring(1).toLowerCase(Locale.ROOT);
    }
}

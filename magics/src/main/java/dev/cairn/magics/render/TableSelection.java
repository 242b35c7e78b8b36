package dev.cairn.magics.render;

import dev.cairn.engine.experiment.BaselineExperiments;
import dev.cairn.engine.experiment.ExperimentRange;
import dev.cairn.engine.experiment.ExperimentTable;
import dev.cairn.engine.experiment.RevisionState;
import dev.cairn.engine.metric.FileValues;
import dev.cairn.magics.render.ExperimentGrid.Column;
import dev.cairn.magics.render.ExperimentGrid.Kind;
import dev.cairn.magics.render.ExperimentGrid.Position;
import dev.cairn.magics.render.ExperimentGrid.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Cuts an experiment table down to the columns of a grid and brings it in the grid's order. */
final class TableSelection {
    private final ExperimentGrid grid;

    private TableSelection(ExperimentGrid grid) {
        this.grid = grid;
    }

    static ExperimentTable of(ExperimentTable table, ExperimentGrid grid) {
        return new TableSelection(grid).select(table);
    }

    private ExperimentTable select(ExperimentTable table) {
        List<BaselineExperiments> baselines = new ArrayList<>();
        for (int i = 0; i < table.baselines().size(); i++) {
            RevisionState baseline = cut(table.baselines().get(i).baseline());
            baselines.add(new BaselineExperiments(baseline, rangesInOrder(i)));
        }
        List<String> notes = new ArrayList<>(grid.warnings());
        notes.addAll(table.notes());
        return new ExperimentTable(baselines, notes, table.annotations(), table.objective());
    }

    private List<ExperimentRange> rangesInOrder(int baseline) {
        List<ExperimentRange> ranges = new ArrayList<>();
        for (Row row : grid.rows()) {
            ExperimentRange range = row.range();
            if (row.baseline() == baseline && range != null && isTip(row)) {
                ranges.add(new ExperimentRange(
                        range.name(), range.revisions().stream().map(this::cut).toList(), range.executor()));
            }
        }
        return ranges;
    }

    private static boolean isTip(Row row) {
        return row.position() != Position.CHECKPOINT && row.position() != Position.CHECKPOINT_BASE;
    }

    private RevisionState cut(RevisionState state) {
        Set<String> dependencies = grid.columns().stream()
                .filter(c -> c.kind() == Kind.DEPENDENCY)
                .map(Column::file)
                .collect(Collectors.toSet());
        Map<String, RevisionState.PathSummary> kept = new LinkedHashMap<>(state.dependencies());
        kept.keySet().retainAll(dependencies);
        return new RevisionState(
                state.rev(),
                state.name(),
                state.timestamp(),
                cut(state.params(), Kind.PARAM),
                cut(state.metrics(), Kind.METRIC),
                kept,
                state.outputs(),
                state.hasCheckpoints(),
                state.error());
    }

    private Map<String, FileValues> cut(Map<String, FileValues> files, Kind kind) {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        grid.columns().stream().filter(c -> c.kind() == kind).forEach(c -> names.computeIfAbsent(
                        c.file(), f -> new HashSet<>())
                .add(c.name()));
        Map<String, FileValues> kept = new LinkedHashMap<>();
        files.forEach((file, values) -> {
            if (names.containsKey(file)) {
                kept.put(file, new FileValues(cut(values.data(), names.get(file), ""), values.error()));
            }
        });
        return kept;
    }

    private static Map<String, @Nullable Object> cut(Map<?, ?> data, Set<String> names, String prefix) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        data.forEach((key, value) -> {
            String name = prefix + key;
            if (value instanceof Map<?, ?> nested && !nested.isEmpty()) {
                Map<String, @Nullable Object> inner = cut(nested, names, name + ".");
                if (!inner.isEmpty()) {
                    kept.put(String.valueOf(key), inner);
                }
            } else if (names.contains(name)) {
                kept.put(String.valueOf(key), value);
            }
        });
        return kept;
    }
}

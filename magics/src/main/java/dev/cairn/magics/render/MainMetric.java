package dev.cairn.magics.render;

import dev.cairn.engine.experiment.Objective;
import dev.cairn.engine.experiment.Objective.Mode;
import dev.cairn.magics.render.ExperimentGrid.Column;
import dev.cairn.magics.render.ExperimentGrid.Kind;
import dev.cairn.magics.render.ExperimentGrid.Row;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The metric by which experiments are judged at a glance: the one asked for, the project's own, or a guess.
 *
 * @param column index among the grid's columns
 * @param mode which values are better; empty when that is not known
 */
record MainMetric(int column, String name, Optional<Mode> mode) {
    private static final int ASKED_FOR = 10;

    /**
     * The metric asked for, if the table has it; else the project's own, a validation loss, a loss, an accuracy, or the first number there
     * is.
     *
     * @param preferred name or header; empty for none
     * @param objective the project's own; null for none
     */
    static Optional<MainMetric> of(ExperimentGrid grid, String preferred, @Nullable Objective objective) {
        List<Integer> numeric = grid.indexesOf(Kind.METRIC).stream()
                .filter(i -> grid.rows().stream().anyMatch(r -> isNumber(r, i)))
                .toList();
        String own = objective == null ? "" : objective.metric();
        return numeric.stream()
                .max(Comparator.comparingInt((Integer i) -> rank(grid.columns().get(i), preferred, own))
                        .thenComparing(Comparator.reverseOrder()))
                .map(i -> {
                    Column column = grid.columns().get(i);
                    Optional<Mode> mode = objective != null && isNamed(column, own)
                            ? Optional.of(objective.mode())
                            : Mode.guess(column.name());
                    return new MainMetric(i, column.header(), mode);
                });
    }

    private static boolean isNumber(Row row, int column) {
        return !Double.isNaN(row.cells().get(column).number());
    }

    private static int rank(Column column, String preferred, String own) {
        if (isNamed(column, preferred)) {
            return ASKED_FOR;
        }
        return isNamed(column, own) ? ASKED_FOR - 1 : rank(column.name());
    }

    private static boolean isNamed(Column column, String name) {
        return !name.isEmpty() && (name.equals(column.name()) || name.equals(column.header()));
    }

    /** How likely a metric is the one that matters: higher is more. */
    static int rank(String metric) {
        String name = metric.toLowerCase(Locale.ROOT);
        boolean held = name.contains("val") || name.contains("test");
        Optional<Mode> mode = Mode.guess(name);
        if (mode.isEmpty()) {
            return isCounter(name) ? 0 : 1;
        }
        return (mode.get() == Mode.MIN ? 4 : 2) + (held ? 1 : 0);
    }

    private static boolean isCounter(String name) {
        return name.endsWith("step") || name.endsWith("epoch") || name.endsWith("iteration");
    }

    double value(Row row) {
        return row.cells().get(column).number();
    }

    /** Index of the best of the rows; empty when none has the metric, or which is better is not known. */
    OptionalInt best(List<Row> rows) {
        if (mode.isEmpty()) {
            return OptionalInt.empty();
        }
        double sign = mode.get() == Mode.MIN ? 1 : -1;
        return IntStream.range(0, rows.size())
                .filter(i -> !Double.isNaN(value(rows.get(i))))
                .boxed()
                .min(Comparator.comparingDouble(i -> sign * value(rows.get(i))))
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }
}

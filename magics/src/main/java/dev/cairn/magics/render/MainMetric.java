package dev.cairn.magics.render;

import dev.cairn.magics.render.ExperimentGrid.Column;
import dev.cairn.magics.render.ExperimentGrid.Kind;
import dev.cairn.magics.render.ExperimentGrid.Row;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The metric by which experiments are judged at a glance, guessed from its name.
 *
 * @param column index among the grid's columns
 */
record MainMetric(int column, String name, Direction direction) {
    enum Direction {
        LOWER,
        HIGHER,
        UNKNOWN
    }

    private static final List<String> LOWER = List.of("loss", "err", "mse", "mae", "rmse", "perplexity", "cost");
    private static final List<String> HIGHER =
            List.of("acc", "auc", "f1", "score", "precision", "recall", "r2", "map", "bleu", "iou");

    /** The metric named first, if the table has it; else a validation loss, a loss, an accuracy, or the first number there is. */
    static Optional<MainMetric> of(ExperimentGrid grid, String preferred) {
        List<Integer> numeric = grid.indexesOf(Kind.METRIC).stream()
                .filter(i -> grid.rows().stream().anyMatch(r -> isNumber(r, i)))
                .toList();
        return numeric.stream()
                .max(Comparator.comparingInt((Integer i) -> rank(grid.columns().get(i), preferred))
                        .thenComparing(Comparator.reverseOrder()))
                .map(i -> new MainMetric(
                        i,
                        grid.columns().get(i).header(),
                        direction(grid.columns().get(i).name())));
    }

    private static boolean isNumber(Row row, int column) {
        return !Double.isNaN(row.cells().get(column).number());
    }

    private static int rank(Column column, String preferred) {
        if (!preferred.isEmpty() && (preferred.equals(column.name()) || preferred.equals(column.header()))) {
            return 10;
        }
        return rank(column.name());
    }

    /** How likely a metric is the one that matters: higher is more. */
    static int rank(String metric) {
        String name = metric.toLowerCase(Locale.ROOT);
        boolean held = name.contains("val") || name.contains("test");
        return switch (direction(name)) {
            case LOWER -> held ? 5 : 4;
            case HIGHER -> held ? 3 : 2;
            case UNKNOWN -> isCounter(name) ? 0 : 1;
        };
    }

    private static boolean isCounter(String name) {
        return name.endsWith("step") || name.endsWith("epoch") || name.endsWith("iteration");
    }

    static Direction direction(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (LOWER.stream().anyMatch(lower::contains)) {
            return Direction.LOWER;
        }
        return HIGHER.stream().anyMatch(lower::contains) ? Direction.HIGHER : Direction.UNKNOWN;
    }

    double value(Row row) {
        return row.cells().get(column).number();
    }

    /** Index of the best of the rows; empty when none has the metric, or which is better is not known. */
    OptionalInt best(List<Row> rows) {
        if (direction == Direction.UNKNOWN) {
            return OptionalInt.empty();
        }
        double sign = direction == Direction.LOWER ? 1 : -1;
        return IntStream.range(0, rows.size())
                .filter(i -> !Double.isNaN(value(rows.get(i))))
                .boxed()
                .min(Comparator.comparingDouble(i -> sign * value(rows.get(i))))
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }
}

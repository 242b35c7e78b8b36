package dev.cairn.magics.render;

import dev.cairn.engine.metric.Plot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Curves on common axes.
 *
 * @param joined whether the points of a curve are joined; false for a scatter plot
 */
record LineChart(String title, String xLabel, String yLabel, List<Line> lines, boolean joined) {
    LineChart {
        lines = List.copyOf(lines);
    }

    /** One curve. Points whose value is not a number are left out. */
    record Line(String name, List<Double> xs, List<Double> ys) {
        Line {
            xs = List.copyOf(xs);
            ys = List.copyOf(ys);
        }
    }

    /** One curve for each revision, or for each revision and field where a plot has several fields. */
    static LineChart of(Plot.Series series) {
        Plot.Resolved axes = series.properties();
        boolean several = series.points().values().stream()
                        .flatMap(List::stream)
                        .map(p -> p.filename() + "::" + p.field())
                        .distinct()
                        .count()
                > 1;
        boolean oneRevision = series.revisions().size() == 1;
        List<Line> lines = new ArrayList<>();
        for (String revision : series.revisions()) {
            Map<String, List<Plot.Point>> byField = new LinkedHashMap<>();
            for (Plot.Point point : series.points().getOrDefault(revision, List.of())) {
                byField.computeIfAbsent(point.filename() + "::" + point.field(), f -> new ArrayList<>())
                        .add(point);
            }
            byField.values().forEach(points -> {
                String field = points.get(0).field();
                String name = !several ? revision : oneRevision ? field : revision + " " + field;
                lines.add(line(name, points, axes));
            });
        }
        boolean scatter = String.valueOf(axes.declared().template()).startsWith("scatter");
        return new LineChart(axes.title(), axes.xLabel(), axes.yLabel(), lines, !scatter);
    }

    private static Line line(String name, List<Plot.Point> points, Plot.Resolved axes) {
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            Map<String, @Nullable Object> values = points.get(i).values();
            double y = number(
                    values.containsKey(axes.y())
                            ? values.get(axes.y())
                            : values.get(points.get(i).field()));
            double x = number(values.get(axes.x()));
            if (Double.isFinite(y)) {
                xs.add(Double.isFinite(x) ? x : i);
                ys.add(y);
            }
        }
        return new Line(name, xs, ys);
    }

    /** The number that a value is or spells; NaN for anything else. */
    static double number(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof String text) {
            try {
                return Double.parseDouble(text.strip());
            } catch (NumberFormatException e) {
                return Double.NaN;
            }
        }
        return Double.NaN;
    }

    boolean isEmpty() {
        return lines.stream().allMatch(l -> l.xs().isEmpty());
    }
}

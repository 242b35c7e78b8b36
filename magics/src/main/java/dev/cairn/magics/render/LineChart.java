package dev.cairn.magics.render;

import dev.cairn.engine.metric.Plot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
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
    static final class Line {
        private final String name;
        private final double[] xs;
        private final double[] ys;

        private Line(String name, double[] xs, double[] ys) {
            this.name = name;
            this.xs = xs;
            this.ys = ys;
        }

        String name() {
            return name;
        }

        int size() {
            return xs.length;
        }

        double x(int index) {
            return xs[index];
        }

        double y(int index) {
            return ys[index];
        }

        DoubleStream xs() {
            return Arrays.stream(xs);
        }

        DoubleStream ys() {
            return Arrays.stream(ys);
        }
    }

    /** What is drawn of a file. */
    private record Field(String file, String name) {}

    /** The numbers of a curve while they are gathered. */
    private static final class Numbers {
        private final DoubleStream.Builder xs = DoubleStream.builder();
        private final DoubleStream.Builder ys = DoubleStream.builder();
        private int seen;

        void add(Plot.Point point, Plot.Resolved axes) {
            Map<String, @Nullable Object> values = point.values();
            double y = number(values.containsKey(axes.y()) ? values.get(axes.y()) : values.get(point.field()));
            double x = number(values.get(axes.x()));
            if (Double.isFinite(y)) {
                xs.add(Double.isFinite(x) ? x : seen);
                ys.add(y);
            }
            seen++;
        }

        Line named(String name) {
            return new Line(name, xs.build().toArray(), ys.build().toArray());
        }
    }

    /** One curve for each revision, or for each revision and field where a plot has several fields. */
    static LineChart of(Plot.Series series) {
        Plot.Resolved axes = series.properties();
        Set<Field> fields = new HashSet<>();
        Map<String, Map<Field, Numbers>> found = new LinkedHashMap<>();
        for (String revision : series.revisions()) {
            Map<Field, Numbers> byField = new LinkedHashMap<>();
            for (Plot.Point point : series.points().getOrDefault(revision, List.of())) {
                byField.computeIfAbsent(new Field(point.filename(), point.field()), f -> new Numbers())
                        .add(point, axes);
            }
            found.put(revision, byField);
            fields.addAll(byField.keySet());
        }
        boolean several = fields.size() > 1;
        boolean oneRevision = series.revisions().size() == 1;
        List<Line> lines = new ArrayList<>();
        found.forEach((revision, byField) -> byField.forEach((field, numbers) -> lines.add(
                numbers.named(!several ? revision : oneRevision ? field.name() : revision + " " + field.name()))));
        boolean scatter = String.valueOf(axes.declared().template()).startsWith("scatter");
        return new LineChart(axes.title(), axes.xLabel(), axes.yLabel(), lines, !scatter);
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
        return lines.stream().allMatch(l -> l.size() == 0);
    }
}

package dev.cairn.magics.render;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A small curve of a metric over checkpoints: blocks of text, or a picture. */
final class Sparkline {
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final int WIDTH = 110;
    private static final int HEIGHT = 22;
    private static final int MARGIN = 3;
    private static final int MOST_POINTS = 120;

    private Sparkline() {}

    /** One block a value, a blank for a missing one (NaN). */
    static String text(List<Double> values) {
        double low = min(values);
        double span = max(values) - low;
        return values.stream()
                .map(v -> Double.isNaN(v)
                        ? " "
                        : String.valueOf(
                                BLOCKS.charAt(span <= 0 ? 3 : (int) Math.min(7, Math.floor((v - low) / span * 8)))))
                .collect(Collectors.joining());
    }

    /**
     * The curve as SVG, in colours that show on light and dark ground.
     *
     * @param inherited how many of the first values belong to the experiment that this one goes on from: drawn grey
     * @param best index of the value to mark; -1 for none
     */
    static String svg(List<Double> values, int inherited, int best) {
        List<Integer> points = sample(values, best);
        double low = min(values);
        double span = max(values) - low;
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\">".formatted(WIDTH, HEIGHT));
        String from = path(points.stream().filter(i -> i < inherited).toList(), values, low, span);
        String own = path(points.stream().filter(i -> i >= inherited - 1).toList(), values, low, span);
        if (inherited > 0) {
            svg.append(line(from, "#8a8f98", " stroke-dasharray=\"2 2\""));
        }
        svg.append(line(own, "#3f8ae0", ""));
        if (best >= 0) {
            svg.append(circle(best, values, low, span, 2.8, "#e0982f"));
        }
        int last = values.size() - 1;
        if (last >= 0 && last != best && !Double.isNaN(values.get(last))) {
            svg.append(circle(last, values, low, span, 1.8, "#3f8ae0"));
        }
        return svg.append("</svg>").toString();
    }

    private static String line(String points, String color, String more) {
        return "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" stroke-linejoin=\"round\"%s points=\"%s\"/>"
                .formatted(color, more, points);
    }

    private static String circle(int index, List<Double> values, double low, double span, double radius, String color) {
        return "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\"/>"
                .formatted(
                        x(index, values.size()),
                        y(values.get(index), low, span),
                        String.format(Locale.ROOT, "%.1f", radius),
                        color);
    }

    private static String path(List<Integer> indexes, List<Double> values, double low, double span) {
        return indexes.stream()
                .filter(i -> i >= 0 && !Double.isNaN(values.get(i)))
                .map(i -> x(i, values.size()) + "," + y(values.get(i), low, span))
                .collect(Collectors.joining(" "));
    }

    /** At most so many points that a long run stays small, always with first, best and last. */
    private static List<Integer> sample(List<Double> values, int best) {
        int step = Math.max(1, values.size() / MOST_POINTS);
        return java.util.stream.IntStream.range(0, values.size())
                .filter(i -> i % step == 0 || i == best || i == values.size() - 1)
                .boxed()
                .toList();
    }

    private static String x(int index, int count) {
        double at = count <= 1 ? WIDTH / 2.0 : MARGIN + index * (WIDTH - 2.0 * MARGIN) / (count - 1);
        return String.format(Locale.ROOT, "%.0f", at);
    }

    private static String y(double value, double low, double span) {
        double at = span <= 0 ? HEIGHT / 2.0 : HEIGHT - MARGIN - (value - low) / span * (HEIGHT - 2.0 * MARGIN);
        return String.format(Locale.ROOT, "%.1f", at);
    }

    private static double min(List<Double> values) {
        return values.stream()
                .filter(v -> !Double.isNaN(v))
                .min(Double::compare)
                .orElse(0.0);
    }

    private static double max(List<Double> values) {
        return values.stream()
                .filter(v -> !Double.isNaN(v))
                .max(Double::compare)
                .orElse(0.0);
    }
}

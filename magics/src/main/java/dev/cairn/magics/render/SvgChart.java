package dev.cairn.magics.render;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Draws a chart as SVG on a transparent ground, in colours that read on white and on black, since a picture cannot see the theme of the
 * page around it. Curves differ in colour, in dashes and in the shape of their marks.
 */
final class SvgChart {
    static final List<String> COLORS =
            List.of("#3f8ae0", "#e0822f", "#2fa36b", "#d1547a", "#9a7fc7", "#1fa3b8", "#b8931f", "#8a8f98");
    static final String TEXT_COLOR = "#83898f";

    private static final List<String> DASHES = List.of("", "7 3", "2 3", "9 3 2 3");
    private static final int WIDTH = 460;
    private static final int HEIGHT = 290;
    private static final int LEFT = 58;
    private static final int RIGHT = 14;
    private static final int BOTTOM = 42;
    private static final int LEGEND_LINE = 16;
    private static final int MOST_POINTS = 400;

    private final LineChart chart;
    private final Axis x;
    private final Axis y;
    private final int top;
    private final StringBuilder svg = new StringBuilder();

    private SvgChart(LineChart chart) {
        this.chart = chart;
        this.x = Axis.of(chart, LineChart.Line::xs, 6);
        this.y = Axis.of(chart, LineChart.Line::ys, 5);
        this.top = 34 + LEGEND_LINE * legendLines();
    }

    static String draw(LineChart chart) {
        return new SvgChart(chart).draw();
    }

    private int legendLines() {
        return (chart.lines().size() + 1) / 2;
    }

    private int height() {
        return HEIGHT + LEGEND_LINE * legendLines();
    }

    private String draw() {
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"11\" fill=\"%s\">"
                        .formatted(WIDTH, height(), TEXT_COLOR));
        svg.append("<text x=\"%d\" y=\"18\" font-size=\"14\" font-weight=\"bold\" text-anchor=\"middle\">%s</text>"
                .formatted((LEFT + WIDTH - RIGHT) / 2, Html.escape(chart.title())));
        drawLegend();
        drawAxes();
        for (int i = 0; i < chart.lines().size(); i++) {
            drawLine(chart.lines().get(i), i);
        }
        return svg.append("</svg>").toString();
    }

    private void drawLegend() {
        for (int i = 0; i < chart.lines().size(); i++) {
            double left = LEFT + (i % 2) * (WIDTH - LEFT - RIGHT) / 2.0;
            double at = 34 + LEGEND_LINE * (i / 2);
            svg.append("<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"2\"%s/>"
                    .formatted(n(left), n(at), n(left + 22), n(at), color(i), dash(i)));
            svg.append(mark(i, left + 11, at));
            svg.append("<text x=\"%s\" y=\"%s\">%s</text>"
                    .formatted(
                            n(left + 28),
                            n(at + 4),
                            Html.escape(shortened(chart.lines().get(i).name()))));
        }
    }

    private static String shortened(String name) {
        return name.length() <= 28 ? name : name.substring(0, 27) + "…";
    }

    private void drawAxes() {
        for (double mark : y.marks()) {
            svg.append("<line x1=\"%d\" y1=\"%s\" x2=\"%d\" y2=\"%s\" stroke=\"#808080\" stroke-opacity=\"0.25\"/>"
                    .formatted(LEFT, n(atY(mark)), WIDTH - RIGHT, n(atY(mark))));
            svg.append("<text x=\"%d\" y=\"%s\" text-anchor=\"end\">%s</text>"
                    .formatted(LEFT - 6, n(atY(mark) + 4), y.label(mark)));
        }
        for (double mark : x.marks()) {
            svg.append("<text x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>"
                    .formatted(n(atX(mark)), height() - BOTTOM + 16, x.label(mark)));
        }
        svg.append("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\"/>"
                .formatted(LEFT, height() - BOTTOM, WIDTH - RIGHT, height() - BOTTOM, TEXT_COLOR));
        svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>"
                .formatted((LEFT + WIDTH - RIGHT) / 2, height() - 8, Html.escape(chart.xLabel())));
        svg.append("<text transform=\"translate(13 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>"
                .formatted((top + height() - BOTTOM) / 2, Html.escape(chart.yLabel())));
    }

    private void drawLine(LineChart.Line line, int index) {
        int count = line.size();
        int step = Math.max(1, count / MOST_POINTS);
        List<Integer> shown = IntStream.range(0, count)
                .filter(i -> i % step == 0 || i == count - 1)
                .boxed()
                .toList();
        if (chart.joined()) {
            String points = shown.stream()
                    .map(i -> n(atX(line.x(i))) + "," + n(atY(line.y(i))))
                    .collect(Collectors.joining(" "));
            svg.append(
                    "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-linejoin=\"round\"%s points=\"%s\"/>"
                            .formatted(color(index), dash(index), points));
        }
        boolean everyPoint = !chart.joined() || count <= 40;
        shown.stream()
                .filter(i -> everyPoint || i == count - 1)
                .forEach(i -> svg.append(mark(index, atX(line.x(i)), atY(line.y(i)))));
    }

    private static String mark(int index, double x, double y) {
        String color = color(index);
        return switch (index % 3) {
            case 0 -> "<circle cx=\"%s\" cy=\"%s\" r=\"2.6\" fill=\"%s\"/>".formatted(n(x), n(y), color);
            case 1 -> "<rect x=\"%s\" y=\"%s\" width=\"5\" height=\"5\" fill=\"%s\"/>"
                    .formatted(n(x - 2.5), n(y - 2.5), color);
            default -> "<path d=\"M%s %sl3.2 5.4h-6.4z\" fill=\"%s\"/>".formatted(n(x), n(y - 3.4), color);
        };
    }

    private static String color(int index) {
        return COLORS.get(index % COLORS.size());
    }

    private static String dash(int index) {
        String dash = DASHES.get(index % DASHES.size());
        return dash.isEmpty() ? "" : " stroke-dasharray=\"" + dash + "\"";
    }

    private double atX(double value) {
        return LEFT + 6 + x.position(value) * (WIDTH - LEFT - RIGHT - 12);
    }

    private double atY(double value) {
        return height() - BOTTOM - 6 - y.position(value) * (height() - top - BOTTOM - 12);
    }

    /** With one decimal. A chart has thousands of these, which is too many for {@code String.format}. */
    private static String n(double value) {
        long tenths = Math.round(Math.abs(value) * 10);
        return (value < 0 && tenths > 0 ? "-" : "") + tenths / 10 + "." + tenths % 10;
    }
}

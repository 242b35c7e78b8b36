package dev.cairn.magics.render;

import static j2html.TagCreator.body;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.head;
import static j2html.TagCreator.img;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import dev.cairn.engine.metric.Plot;
import dev.cairn.engine.metric.PlotSet;
import dev.cairn.store.json.PythonJson;
import j2html.TagCreator;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The plots of {@code plots show} and {@code plots diff} in each of their forms. */
public final class PlotRendering {
    private static final int MOST_BLOCKS = 40;

    private final PlotSet plots;
    private final PlotTemplates templates;

    public PlotRendering(PlotSet plots) {
        this(plots, PlotTemplates.NONE);
    }

    /** Draws with templates of the project's own. */
    public PlotRendering(PlotSet plots, PlotTemplates templates) {
        this.plots = plots;
        this.templates = templates;
    }

    private List<Plot.Series> series() {
        return plots.plots().stream()
                .filter(Plot.Series.class::isInstance)
                .map(Plot.Series.class::cast)
                .toList();
    }

    private List<LineChart> charts() {
        return series().stream()
                .filter(s -> !isConfusion(s))
                .map(LineChart::of)
                .filter(c -> !c.isEmpty())
                .toList();
    }

    private static boolean isConfusion(Plot.Series series) {
        return String.valueOf(series.properties().declared().template()).startsWith("confusion");
    }

    // ---- text

    /** Each curve as a line of blocks with its first, least, greatest and last value. */
    public String text() {
        if (plots.plots().isEmpty()) {
            return problems().isEmpty() ? "No plots were loaded.\n" : String.join("\n", problems()) + "\n";
        }
        StringBuilder out = new StringBuilder();
        for (Plot plot : plots.plots()) {
            out.append(out.length() == 0 ? "" : "\n").append(heading(plot)).append('\n');
            out.append(table(plot).plain());
        }
        problems().forEach(problem -> out.append(problem).append('\n'));
        return out.toString();
    }

    String markdown() {
        StringBuilder out = new StringBuilder();
        for (Plot plot : plots.plots()) {
            out.append("**")
                    .append(heading(plot).replace("*", "\\*").replace("<", "&lt;"))
                    .append("**\n\n");
            out.append(table(plot).safeMarkdown());
        }
        return out.toString();
    }

    private static String heading(Plot plot) {
        if (plot instanceof Plot.Series series) {
            Plot.Resolved axes = series.properties();
            String id = axes.title().equals(plot.id()) ? plot.id() : axes.title() + " (" + plot.id() + ")";
            return id + ": " + axes.yLabel() + " by " + axes.xLabel();
        }
        return plot.id();
    }

    private static TextTable table(Plot plot) {
        if (!(plot instanceof Plot.Series series)) {
            return new TextTable(
                    List.of("Revision", "Image"),
                    plot.revisions().stream().map(r -> List.of(r, plot.id())).toList());
        }
        return isConfusion(series) ? confusionTable(series) : table(LineChart.of(series));
    }

    private static TextTable table(LineChart chart) {
        return new TextTable(
                List.of("Curve", "Shape", "First", "Min", "Max", "Last", "Points"),
                chart.lines().stream().map(PlotRendering::row).toList());
    }

    private static List<String> row(LineChart.Line line) {
        int count = line.size();
        return List.of(
                line.name(),
                Sparkline.text(thinned(line)),
                count == 0 ? "-" : CellText.significant(line.y(0), 5),
                shown(line.ys().min()),
                shown(line.ys().max()),
                count == 0 ? "-" : CellText.significant(line.y(count - 1), 5),
                String.valueOf(count));
    }

    private static String shown(OptionalDouble value) {
        return value.isEmpty() ? "-" : CellText.significant(value.getAsDouble(), 5);
    }

    private static List<Double> thinned(LineChart.Line line) {
        if (line.size() <= MOST_BLOCKS) {
            return line.ys().boxed().toList();
        }
        return IntStream.range(0, MOST_BLOCKS)
                .mapToObj(i -> line.y((int) ((long) i * (line.size() - 1) / (MOST_BLOCKS - 1))))
                .toList();
    }

    private static TextTable confusionTable(Plot.Series series) {
        Plot.Resolved axes = series.properties();
        Function<Plot.Point, String> x = p -> CellText.exact(p.values().get(axes.x()));
        Function<Plot.Point, String> y = p -> CellText.exact(p.values().get(axes.y()));
        TreeSet<String> columns = new TreeSet<>();
        TreeSet<String> classes = new TreeSet<>();
        series.points()
                .values()
                .forEach(points -> points.forEach(p -> {
                    columns.add(x.apply(p));
                    classes.add(y.apply(p));
                }));
        List<String> headers = new ArrayList<>(List.of("Revision", axes.yLabel() + " \\ " + axes.xLabel()));
        headers.addAll(columns);
        List<List<String>> rows = new ArrayList<>();
        BiFunction<List<Plot.Point>, String[], Long> count = (points, cell) -> points.stream()
                .filter(p -> y.apply(p).equals(cell[0]) && x.apply(p).equals(cell[1]))
                .count();
        for (String revision : series.revisions()) {
            List<Plot.Point> points = series.points().getOrDefault(revision, List.of());
            for (String actual : classes) {
                List<String> row = new ArrayList<>(List.of(revision, actual));
                columns.forEach(c -> row.add(String.valueOf(count.apply(points, new String[] {actual, c}))));
                rows.add(row);
            }
        }
        return new TextTable(headers, rows);
    }

    /** What could not be read, one line each. */
    public List<String> problems() {
        return plots.problems().stream()
                .map(p -> "WARNING: '%s' at %s cannot be drawn: %s"
                        .formatted(p.source(), p.rev(), p.message().isEmpty() ? p.type() : p.message()))
                .toList();
    }

    // ---- HTML and pictures

    public String html() {
        return div(each(plots.plots(), this::picture), each(problems(), p -> div("⚠ " + p)
                        .withStyle(Html.SMALL)))
                .render();
    }

    private DomContent picture(Plot plot) {
        if (plot instanceof Plot.Image image) {
            return div(each(image.revisions(), rev -> imageOf(image, rev)));
        }
        Plot.Series series = (Plot.Series) plot;
        LineChart chart = LineChart.of(series);
        TextTable table = isConfusion(series) ? confusionTable(series) : table(chart);
        if (isConfusion(series) || chart.isEmpty()) {
            return div(
                    div(heading(plot)),
                    TagCreator.table(
                                    tr(each(table.headers(), h -> th(h))),
                                    each(table.rows(), row -> tr(each(row, cell -> td(cell)))))
                            .withStyle(Html.TABLE)
                            .attr("cellpadding", "5"));
        }
        String alt = heading(plot) + "\n" + table.plain();
        return Html.svg(SvgChart.draw(chart), alt).withStyle("max-width:100%");
    }

    private static DomContent imageOf(Plot.Image image, String revision) {
        byte[] bytes = image.images().getOrDefault(revision, new byte[0]);
        String data = "data:" + mimeType(image.id()) + ";base64,"
                + Base64.getEncoder().encodeToString(bytes);
        return div(
                div(revision).withStyle(Html.SMALL),
                img().withSrc(data).withAlt(image.id() + " at " + revision).withStyle("max-width:100%"));
    }

    private static String mimeType(String path) {
        String suffix = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (suffix) {
            case "jpg", "jpeg" -> "image/jpeg";
            case "svg" -> "image/svg+xml";
            case "gif", "bmp", "webp", "tiff" -> "image/" + suffix;
            default -> "image/png";
        };
    }

    /** A page that needs nothing beside itself. */
    public String page() {
        return "<!DOCTYPE html>\n"
                + TagCreator.html(
                                head(
                                        meta().withCharset("utf-8"),
                                        meta().withName("color-scheme").withContent("light dark"),
                                        title("Plots")),
                                body(h1("Plots").withStyle("font-size:1.2em"), each(plots.plots(), this::picture))
                                        .withStyle("font-family:sans-serif;margin:2em"))
                        .render()
                + "\n";
    }

    /**
     * A page of the user's own with the pictures in it.
     *
     * @param template with {@code {plot_divs}} where they go
     */
    public String page(String template) {
        return template.replace(
                        "{plot_divs}", div(each(plots.plots(), this::picture)).render())
                .replace("{scripts}", "")
                .replace("{refresh_tag}", "");
    }

    /** The line charts as one PNG; empty when there is none. */
    Optional<byte[]> png() {
        List<LineChart> charts = charts();
        return charts.isEmpty() ? Optional.empty() : Optional.of(PngChart.draw(charts));
    }

    /** The plots as one Vega-Lite 5 specification; empty when there is none. */
    Optional<Map<String, Object>> vega() {
        List<Plot.Series> series = series();
        return series.isEmpty() ? Optional.empty() : Optional.of(VegaLite.page(series));
    }

    // ---- JSON

    /** As DVC prints it with {@code --show-vega}: the specification of the first plot. */
    public String vegaJson() {
        return series().isEmpty()
                ? ""
                : PythonJson.dumps(VegaLite.spec(series().get(0), VegaLite.Labels.REVISION, templates));
    }

    /**
     * As DVC prints it with {@code --json}.
     *
     * @param imageUrl where the picture of a plot at a revision is to be found
     */
    public String json(BiFunction<Plot.Image, String, String> imageUrl) {
        return PythonJson.dumps(plots.toJson(s -> VegaLite.spec(s, VegaLite.Labels.VERSION_INFO, templates), imageUrl));
    }
}

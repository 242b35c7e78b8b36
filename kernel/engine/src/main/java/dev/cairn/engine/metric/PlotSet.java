package dev.cairn.engine.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The plots of {@code plots show} or {@code plots diff}, and what could not be read. */
public record PlotSet(List<Plot> plots, List<Problem> problems) {
    public PlotSet {
        plots = List.copyOf(plots);
        problems = List.copyOf(problems);
    }

    /**
     * Why a plot, one of its sources or all plots of a revision could not be read.
     *
     * @param name id of the plot; empty when all of a revision are meant
     * @param source the file; empty when it was read but does not fit the plot
     * @param type DVC's name for the kind of error
     */
    public record Problem(String name, String rev, String source, String type, String message) {}

    /**
     * What DVC prints with {@code --json}.
     *
     * @param content the Vega-Lite specification of a plot with its data filled in
     * @param imageUrl where the image of a plot at a revision is to be found
     */
    public Map<String, Object> toJson(
            Function<Plot.Series, ?> content, BiFunction<Plot.Image, String, String> imageUrl) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (!problems.isEmpty()) {
            json.put("errors", problems.stream().map(PlotSet::problem).toList());
        }
        Map<String, Object> data = new LinkedHashMap<>();
        for (Plot plot : plots) {
            if (plot instanceof Plot.Series series) {
                data.put(plot.id(), series(series, content));
            } else if (plot instanceof Plot.Image image) {
                data.put(plot.id(), images(image, imageUrl));
            }
        }
        if (!data.isEmpty()) {
            json.put("data", data);
        }
        return json;
    }

    private static Map<String, String> problem(Problem problem) {
        Map<String, String> json = new LinkedHashMap<>();
        if (!problem.name().isEmpty()) {
            json.put("name", problem.name());
        }
        json.put("rev", problem.rev());
        if (!problem.source().isEmpty()) {
            json.put("source", problem.source());
        }
        json.put("type", problem.type());
        json.put("msg", problem.message());
        return json;
    }

    private static List<Object> series(Plot.Series series, Function<Plot.Series, ?> content) {
        if (series.points().isEmpty()) {
            return List.of();
        }
        Map<String, Object> points = new LinkedHashMap<>();
        series.points()
                .forEach((revision, rows) -> points.put(
                        revision, rows.stream().map(row -> point(revision, row)).toList()));
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("type", "vega");
        json.put("revisions", series.points().keySet().stream().sorted().toList());
        json.put("content", content.apply(series));
        json.put("datapoints", points);
        return List.of(json);
    }

    private static Map<String, @Nullable Object> point(String revision, Plot.Point point) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(point.values());
        Map<String, Object> version = new LinkedHashMap<>();
        version.put("revision", revision);
        version.put("filename", point.filename());
        version.put("field", point.field());
        json.put("dvc_data_version_info", version);
        return json;
    }

    private static List<Object> images(Plot.Image image, BiFunction<Plot.Image, String, String> imageUrl) {
        List<Object> items = new ArrayList<>();
        for (String revision : image.images().keySet()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("type", "image");
            json.put("revisions", List.of(revision));
            json.put("url", imageUrl.apply(image, revision));
            items.add(json);
        }
        return items;
    }
}

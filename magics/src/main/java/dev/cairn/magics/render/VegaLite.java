package dev.cairn.magics.render;

import dev.cairn.engine.metric.Plot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plots as Vega-Lite 5 specifications: one for each of DVC's templates, in our own words. */
public final class VegaLite {
    private static final String SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json";

    /** The names that DVC has for its templates, in its order. */
    public static final List<String> TEMPLATES = List.of(
            "simple",
            "linear",
            "confusion",
            "confusion_normalized",
            "scatter",
            "scatter_jitter",
            "smooth",
            "bar_horizontal_sorted",
            "bar_horizontal");

    /** How a point says which revision it is of. */
    enum Labels {
        /** A field {@code rev}: what the colours of a drawn chart go by. */
        REVISION,
        /** DVC's {@code dvc_data_version_info}, for programs that read {@code --json}. */
        VERSION_INFO
    }

    private VegaLite() {}

    /** The specification with DVC's anchors in place of data, as {@code plots templates NAME} prints it; empty for an unknown name. */
    public static Optional<Map<String, Object>> template(String name) {
        if (!TEMPLATES.contains(name)) {
            return Optional.empty();
        }
        return Optional.of(spec(
                name,
                "<DVC_METRIC_DATA>",
                "<DVC_METRIC_TITLE>",
                new Axes("<DVC_METRIC_X>", "<DVC_METRIC_Y>", "<DVC_METRIC_X_LABEL>", "<DVC_METRIC_Y_LABEL>")));
    }

    @SuppressWarnings("unchecked") // a JSON object is a map from text
    static Map<String, Object> spec(Plot.Series series, Labels labels, PlotTemplates templates) {
        Plot.Resolved axes = series.properties();
        Optional<Object> own = templates.read(axes.declared().template());
        if (own.isPresent() && own.get() instanceof Map<?, ?>) {
            return (Map<String, Object>) java.util.Objects.requireNonNull(PlotTemplates.filled(
                    own.get(),
                    Map.of(
                            "<DVC_METRIC_DATA>", values(series, labels),
                            "<DVC_METRIC_TITLE>", axes.title(),
                            "<DVC_METRIC_X>", axes.x(),
                            "<DVC_METRIC_Y>", axes.y(),
                            "<DVC_METRIC_X_LABEL>", axes.xLabel(),
                            "<DVC_METRIC_Y_LABEL>", axes.yLabel())));
        }
        return spec(series, labels);
    }

    static Map<String, Object> spec(Plot.Series series, Labels labels) {
        Plot.Resolved axes = series.properties();
        String declared = axes.declared().template();
        String template = declared == null || !TEMPLATES.contains(declared) ? "linear" : declared;
        return spec(
                template,
                values(series, labels),
                axes.title(),
                new Axes(axes.x(), axes.y(), axes.xLabel(), axes.yLabel()));
    }

    /** All the plots in one specification, below each other; for a front end that draws Vega-Lite. */
    static Map<String, Object> page(List<Plot.Series> plots) {
        if (plots.size() == 1) {
            return withConfig(spec(plots.get(0), Labels.REVISION));
        }
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("$schema", SCHEMA);
        page.put(
                "vconcat",
                plots.stream()
                        .map(p -> {
                            Map<String, Object> spec = new LinkedHashMap<>(spec(p, Labels.REVISION));
                            spec.remove("$schema");
                            return spec;
                        })
                        .toList());
        return withConfig(page);
    }

    /** Colours that read on light and dark ground. */
    private static Map<String, Object> withConfig(Map<String, Object> spec) {
        Map<String, Object> out = new LinkedHashMap<>(spec);
        String ink = SvgChart.TEXT_COLOR;
        Map<String, Object> axis = Map.of(
                "labelColor", ink, "titleColor", ink, "gridColor", "#80808040", "domainColor", ink, "tickColor", ink);
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("background", "transparent");
        config.put("title", Map.of("color", ink));
        config.put("axis", axis);
        config.put("legend", Map.of("labelColor", ink, "titleColor", ink));
        config.put("view", Map.of("stroke", "transparent"));
        config.put("range", Map.of("category", SvgChart.COLORS));
        out.put("config", config);
        return out;
    }

    static List<Map<String, @Nullable Object>> values(Plot.Series series, Labels labels) {
        List<Map<String, @Nullable Object>> values = new ArrayList<>();
        for (String revision : series.revisions()) {
            values.addAll(values(series, revision, labels));
        }
        return values;
    }

    static List<Map<String, @Nullable Object>> values(Plot.Series series, String revision, Labels labels) {
        return series.points().getOrDefault(revision, List.of()).stream()
                .map(point -> {
                    Map<String, @Nullable Object> value = new LinkedHashMap<>(point.values());
                    if (labels == Labels.REVISION) {
                        value.put("rev", revision);
                    } else {
                        Map<String, Object> info = new LinkedHashMap<>();
                        info.put("revision", revision);
                        info.put("filename", point.filename());
                        info.put("field", point.field());
                        value.put("dvc_data_version_info", info);
                    }
                    return value;
                })
                .toList();
    }

    private record Axes(String x, String y, String xLabel, String yLabel) {}

    private static Map<String, Object> spec(String template, Object values, String title, Axes axes) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("$schema", SCHEMA);
        spec.put("data", mapOf("values", values));
        spec.put("title", title);
        spec.put("width", 300);
        spec.put("height", 300);
        switch (template) {
            case "confusion", "confusion_normalized" -> confusion(spec, axes, template.endsWith("normalized"));
            case "scatter", "scatter_jitter" -> scatter(spec, axes, template.endsWith("jitter"));
            case "bar_horizontal", "bar_horizontal_sorted" -> bars(spec, axes, template.endsWith("sorted"));
            case "smooth" -> {
                spec.put("mark", mapOf("type", "line"));
                spec.put(
                        "transform",
                        List.of(mapOf("loess", axes.y(), "on", axes.x(), "groupby", List.of("rev"), "bandwidth", 0.3)));
                spec.put("encoding", lines(axes));
            }
            default -> {
                spec.put("mark", mapOf("type", "line", "point", template.equals("linear"), "tooltip", true));
                spec.put("encoding", lines(axes));
            }
        }
        return spec;
    }

    private static Map<String, Object> lines(Axes axes) {
        Map<String, Object> encoding = new LinkedHashMap<>();
        encoding.put("x", quantity(axes.x(), axes.xLabel(), false));
        encoding.put("y", quantity(axes.y(), axes.yLabel(), true));
        encoding.put("color", mapOf("field", "rev", "type", "nominal"));
        encoding.put("strokeDash", mapOf("field", "rev", "type", "nominal"));
        return encoding;
    }

    private static Map<String, Object> quantity(String field, String title, boolean free) {
        Map<String, Object> axis = mapOf("field", field, "type", "quantitative", "title", title);
        if (free) {
            axis.put("scale", mapOf("zero", false));
        }
        return axis;
    }

    private static void scatter(Map<String, Object> spec, Axes axes, boolean jitter) {
        Map<String, Object> encoding = lines(axes);
        encoding.remove("strokeDash");
        encoding.put("shape", mapOf("field", "rev", "type", "nominal"));
        if (jitter) {
            spec.put("transform", List.of(mapOf("calculate", "random()", "as", "jitter")));
            encoding.put("xOffset", mapOf("field", "jitter", "type", "quantitative"));
        }
        spec.put("mark", mapOf("type", "point", "tooltip", true));
        spec.put("encoding", encoding);
    }

    private static void confusion(Map<String, Object> spec, Axes axes, boolean normalized) {
        List<Object> transform = new ArrayList<>();
        transform.add(mapOf(
                "aggregate",
                List.of(mapOf("op", "count", "as", "count")),
                "groupby",
                List.of("rev", axes.x(), axes.y())));
        if (normalized) {
            transform.add(mapOf(
                    "joinaggregate", List.of(mapOf("op", "sum", "field", "count", "as", "total")),
                    "groupby", List.of("rev", axes.y())));
            transform.add(mapOf("calculate", "datum.count / datum.total", "as", "share"));
        }
        String field = normalized ? "share" : "count";
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("x", mapOf("field", axes.x(), "type", "nominal", "title", axes.xLabel()));
        place.put("y", mapOf("field", axes.y(), "type", "nominal", "title", axes.yLabel()));
        Map<String, Object> text = mapOf("field", field, "type", "quantitative");
        if (normalized) {
            text.put("format", ".2f");
        }
        spec.put("transform", transform);
        spec.put("facet", mapOf("field", "rev", "type", "nominal"));
        Map<String, Object> size =
                mapOf("width", spec.getOrDefault("width", 300), "height", spec.getOrDefault("height", 300));
        spec.remove("width");
        spec.remove("height");
        size.put("encoding", place);
        size.put(
                "layer",
                List.of(
                        mapOf(
                                "mark",
                                "rect",
                                "encoding",
                                mapOf("color", mapOf("field", field, "type", "quantitative"))),
                        mapOf("mark", "text", "encoding", mapOf("text", text))));
        spec.put("spec", size);
    }

    private static void bars(Map<String, Object> spec, Axes axes, boolean sorted) {
        Map<String, Object> names = mapOf("field", axes.y(), "type", "nominal", "title", axes.yLabel());
        if (sorted) {
            names.put("sort", "-x");
        }
        Map<String, Object> encoding = new LinkedHashMap<>();
        encoding.put("x", quantity(axes.x(), axes.xLabel(), false));
        encoding.put("y", names);
        encoding.put("yOffset", mapOf("field", "rev"));
        encoding.put("color", mapOf("field", "rev", "type", "nominal"));
        spec.put("mark", mapOf("type", "bar", "tooltip", true));
        spec.put("encoding", encoding);
    }

    private static Map<String, Object> mapOf(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}

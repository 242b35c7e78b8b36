package dev.cairn.engine.pipeline;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a plot is to be drawn, as declared under {@code plots}.
 *
 * @param x field of the horizontal axis, or a map from file to field; null for the row number
 * @param y field, list of fields, or map from file to field(s); null for the last field of the data
 * @param header false for a CSV or TSV file whose first row is data
 */
public record PlotProperties(
        @Nullable Object x,
        @Nullable Object y,
        @Nullable String title,
        @Nullable String xLabel,
        @Nullable String yLabel,
        @Nullable String template,
        boolean header) {
    public static final PlotProperties NONE = new PlotProperties(null, null, null, null, null, null, true);

    /** Reads the keys {@code x y title x_label y_label template header} of a map; other keys are left alone. */
    public static PlotProperties of(Map<String, ?> map) {
        return new PlotProperties(
                map.get("x"),
                map.get("y"),
                text(map.get("title")),
                text(map.get("x_label")),
                text(map.get("y_label")),
                text(map.get("template")),
                !Boolean.FALSE.equals(map.get("header")));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}

package dev.cairn.engine.metric;

import dev.cairn.engine.pipeline.PlotProperties;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One plot over one or more revisions. */
public sealed interface Plot {
    /** The id as DVC names it: the file's path for a stage's plot, {@code dvc.yaml::id} for one of the top level. */
    String id();

    /** The revisions it has data of, in the order asked for. */
    List<String> revisions();

    /**
     * Rows of a data file, for a Vega template.
     *
     * @param properties with {@code x}, {@code y} and {@code title} resolved: never null
     * @param points by revision: rows in order, field to value (text for CSV and TSV, as DVC keeps it)
     */
    record Series(String id, List<String> revisions, Resolved properties, Map<String, List<Point>> points)
            implements Plot {}

    /** One row of the data of one revision. */
    record Point(Map<String, @Nullable Object> values, String filename, String field) {}

    /** Plot properties after defaults: what is on each axis. */
    record Resolved(String x, String y, String title, String xLabel, String yLabel, PlotProperties declared) {}

    /**
     * Images, one a revision.
     *
     *
     * @param images file content by revision
     */
    record Image(String id, List<String> revisions, Map<String, byte[]> images) implements Plot {}
}

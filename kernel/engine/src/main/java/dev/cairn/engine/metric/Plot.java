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
     * @param points by revision: rows in order, field to value (text for CSV and TSV, as DVC keeps it); the workspace comes first
     */
    record Series(String id, List<String> revisions, Resolved properties, Map<String, List<Point>> points)
            implements Plot {
        public Series {
            revisions = List.copyOf(revisions);
        }
    }

    /**
     * One row of the data of one revision.
     *
     * @param filename of the data; what all files of the plot have in common is left out
     * @param field of the file that is drawn
     */
    record Point(Map<String, @Nullable Object> values, String filename, String field) {}

    /**
     * Plot properties after defaults: what is on each axis.
     *
     * @param y empty when no revision has data
     */
    record Resolved(String x, String y, String title, String xLabel, String yLabel, PlotProperties declared) {}

    /** @param images file content by revision; the workspace comes first */
    record Image(String id, List<String> revisions, Map<String, byte[]> images) implements Plot {
        public Image {
            revisions = List.copyOf(revisions);
        }

        /** The name under which DVC writes the image beside its page: {@code workspace_plots_roc.png}. */
        public String fileName(String revision) {
            return (revision + "_" + id).replace('/', '_');
        }
    }
}

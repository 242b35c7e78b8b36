package dev.cairn.magics.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.engine.metric.Plot;
import dev.cairn.engine.metric.PlotSet;
import dev.cairn.engine.pipeline.PlotProperties;
import dev.cairn.store.json.JsonReader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlotRenderingTest {
    @Test
    void textTellsEachCurveInALine() {
        assertThat(new PlotRendering(new PlotSet(List.of(curve("logs.csv", "HEAD", "workspace")), List.of())).text())
                .isEqualTo("logs.csv: loss by step\n"
                        + "Curve      Shape    First    Min    Max    Last    Points\n"
                        + "HEAD       █▅▁      1        0.5    1      0.5     3\n"
                        + "workspace  █▅▁      1        0.5    1      0.5     3\n");
    }

    @Test
    void htmlCarriesTheCurvesAsAPictureWithTheirNames() {
        String html =
                new PlotRendering(new PlotSet(List.of(curve("a<b>.csv", "HEAD", "work<space>")), List.of())).html();

        assertThat(html).doesNotContain("<svg", "<script", "<space>");
        String data = html.substring(html.indexOf("base64,") + 7);
        String svg = new String(
                Base64.getDecoder().decode(data.substring(0, data.indexOf('"'))),
                java.nio.charset.StandardCharsets.UTF_8);
        assertThat(svg).contains("a&lt;b&gt;.csv", "work&lt;space&gt;", "<polyline");
    }

    @Test
    void jsonHasDvcsStructure() {
        String json = new PlotRendering(new PlotSet(
                        List.of(curve("logs.csv", "HEAD")),
                        List.of(new PlotSet.Problem("x.csv", "HEAD", "x.csv", "FileNotFoundError", ""))))
                .json((id, rev) -> "unused");

        assertThat(json)
                .startsWith(
                        "{\"errors\": [{\"name\": \"x.csv\", \"rev\": \"HEAD\", \"source\": \"x.csv\","
                                + " \"type\": \"FileNotFoundError\", \"msg\": \"\"}], \"data\": {\"logs.csv\": [{\"type\": \"vega\", \"revisions\": [\"HEAD\"], \"content\": {")
                .contains("\"datapoints\": {\"HEAD\": [{\"step\": 0, \"loss\": \"1.0\", \"dvc_data_version_info\":"
                        + " {\"revision\": \"HEAD\", \"filename\": \"logs.csv\", \"field\": \"loss\"}}");
    }

    @Test
    void everyTemplateHasASpecificationWithDvcsAnchors() {
        for (String name : VegaLite.TEMPLATES) {
            assertThat(VegaLite.template(name).orElseThrow().toString())
                    .contains("<DVC_METRIC_DATA>", "<DVC_METRIC_X>", "<DVC_METRIC_Y>", "<DVC_METRIC_TITLE>");
        }
    }

    @Test
    void notebookBundleHasAPictureForEveryReader() {
        var rendering = new PlotRendering(new PlotSet(List.of(curve("logs.csv", "HEAD")), List.of()));

        assertThat(rendering.png().orElseThrow()).startsWith(0x89, 'P', 'N', 'G');
        assertThat(rendering.vega().orElseThrow()).containsKeys("$schema", "mark", "encoding", "config");
        assertThat(JsonReader.parse(rendering.vegaJson())).isInstanceOf(Map.class);
    }

    @Test
    void emptyOrUnreadableDataIsSaidAndDrawsNothing() {
        var rendering = new PlotRendering(new PlotSet(
                List.of(), List.of(new PlotSet.Problem("x.csv", "workspace", "x.csv", "PlotMetricTypeError", "bad"))));

        assertThat(rendering.text()).isEqualTo("WARNING: 'x.csv' at workspace cannot be drawn: bad\n");
        assertThat(rendering.png()).isEmpty();
    }

    static Plot.Series curve(String id, String... revisions) {
        Map<String, List<Plot.Point>> points = new LinkedHashMap<>();
        for (String revision : revisions) {
            List<Plot.Point> rows = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Map<String, Object> values = new LinkedHashMap<>();
                values.put("step", (long) i);
                values.put("loss", String.valueOf(1 - i * 0.25));
                rows.add(new Plot.Point(values, id, "loss"));
            }
            points.put(revision, rows);
        }
        return new Plot.Series(
                id,
                List.of(revisions),
                new Plot.Resolved("step", "loss", id, "step", "loss", PlotProperties.NONE),
                points);
    }
}

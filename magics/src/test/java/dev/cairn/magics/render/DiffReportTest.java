package dev.cairn.magics.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.engine.metric.ValueChange;
import dev.cairn.engine.metric.ValueDiff;
import dev.cairn.store.json.JsonReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiffReportTest {
    private static final ValueDiff METRICS = new ValueDiff(
            "branchy",
            "rocky-rede",
            List.of(
                    new ValueChange("metrics.json", "loss", 0.9841500000000001, 0.6908733000000001),
                    new ValueChange("metrics.json", "val.loss", 1.0641500000000002, 0.8108733000000001),
                    new ValueChange("metrics.json", "step", 4L, 6L),
                    new ValueChange("eval.json", "acc", 0.4, 0.6)));
    private static final ValueDiff PARAMS = new ValueDiff(
            "branchy",
            "rocky-rede",
            List.of(
                    new ValueChange("params.yaml", "train.epochs", 2L, 3L),
                    new ValueChange("params.yaml", "train.lr", 0.5, 0.3)));

    @Test
    void experimentsTextIsWhatDvcPrints() {
        assertThat(DiffReport.ofExperiments(METRICS, PARAMS, true, 0).text())
                .isEqualTo(DvcExperiments.golden("exp-diff.txt"));
    }

    @Test
    void experimentsMarkdownIsWhatDvcPrints() {
        assertThat(DiffReport.ofExperiments(METRICS, PARAMS, true, 0).markdown())
                .isEqualTo(DvcExperiments.golden("exp-diff.md"));
    }

    @Test
    void experimentsJsonIsWhatDvcPrints() {
        // DVC's order of files and names changes from run to run.
        assertThat(JsonReader.parse(
                        DiffReport.ofExperiments(METRICS, PARAMS, true, 0).json()))
                .isEqualTo(JsonReader.parse(DvcExperiments.golden("exp-diff.json")));
    }

    @Test
    void valueOnOneSideOnlyHasNoDifference() {
        ValueDiff diff = new ValueDiff("HEAD", "workspace", List.of(new ValueChange("m.json", "loss", null, 0.5)));

        assertThat(DiffReport.ofExperiments(diff, new ValueDiff("HEAD", "workspace", List.of()), true, 0)
                        .text())
                .isEqualTo("Path    Metric    HEAD    workspace    Change\n"
                        + "m.json  loss      -       0.5          diff not supported\n\n");
    }

    @Test
    void parametersHaveNoChangeColumnAndKeepPythonsSpelling() {
        ValueDiff diff = new ValueDiff(
                "HEAD",
                "workspace",
                List.of(
                        new ValueChange("params.yaml", "flag", true, null),
                        new ValueChange("params.yaml", "list", List.of(1L, 2.5, "x"), "y")));

        assertThat(DiffReport.ofParams(diff, true).text())
                .isEqualTo("Path         Param    HEAD           workspace\n"
                        + "params.yaml  flag     True           -\n"
                        + "params.yaml  list     [1, 2.5, 'x']  y\n");
    }

    @Test
    void htmlSaysWhetherAChangeIsForTheBetter() {
        String html = new DiffHtml(DiffReport.ofMetrics(METRICS, true, 0)).render();

        assertThat(html).contains("▼ -0.29328 better").contains("▲ +0.2 better").contains("▲ +2<");
    }
}

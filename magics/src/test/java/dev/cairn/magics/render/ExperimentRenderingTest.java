package dev.cairn.magics.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.experiment.BaselineExperiments;
import dev.cairn.engine.experiment.ExperimentRange;
import dev.cairn.engine.experiment.ExperimentTable;
import dev.cairn.engine.experiment.Objective;
import dev.cairn.engine.experiment.RevisionState;
import dev.cairn.engine.metric.FileValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExperimentRenderingTest {
    @Test
    void textIsWhatDvcPrints() {
        assertThat(show(ShowOptions.ALL).text()).isEqualTo(DvcExperiments.golden("exp-show.txt"));
    }

    @Test
    void csvIsWhatDvcPrints() {
        assertThat(show(ShowOptions.ALL).csv()).isEqualTo(DvcExperiments.golden("exp-show.csv"));
    }

    @Test
    void markdownIsWhatDvcPrints() {
        assertThat(show(ShowOptions.ALL).markdown()).isEqualTo(DvcExperiments.golden("exp-show.md"));
    }

    @Test
    void jsonIsWhatDvcPrints() {
        assertThat(show(ShowOptions.ALL).json() + "\n").isEqualTo(DvcExperiments.golden("exp-show.json"));
    }

    @Test
    void droppingAndSortingIsWhatDvcDoes() {
        ShowOptions options = new ShowOptions(
                "",
                "train.py|evaluate.py|model.json",
                true,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "train.lr",
                true,
                0,
                false);

        assertThat(show(options).text()).isEqualTo(DvcExperiments.golden("exp-show-changed.txt"));
    }

    @Test
    void includedColumnsAreTheOnlyOnesOfTheirKind() {
        ShowOptions options = columns(List.of("val.*"), List.of("train.lr"));

        String header = show(options).text().lines().skip(1).findFirst().orElseThrow();

        assertThat(header.strip().split("\\s{2,}")).containsExactly("Experiment", "Created", "val.loss", "train.lr");
    }

    @Test
    void nameWithoutMatchIsWarnedOfWithTheNearestName() {
        ShowOptions options = columns(List.of(), List.of("train.epoch"));

        assertThat(show(options).warnings())
                .containsExactly("'train.epoch' does not match any known param; did you mean 'train.epochs'?");
    }

    @Test
    void unknownSortColumnIsRefused() {
        ShowOptions options =
                new ShowOptions("", "", false, List.of(), List.of(), List.of(), List.of(), "nope", false, 0, false);

        assertThatThrownBy(() -> show(options))
                .isInstanceOf(EngineException.class)
                .hasMessage("Unknown sort column 'nope'");
    }

    @Test
    void htmlSaysWhereAnExperimentForked() {
        assertThat(show(ShowOptions.ALL).html())
                .contains("↳ from b791e76 [stiff-ions]")
                .contains("↳ from f3e21b0 [short]");
    }

    @Test
    void htmlMarksTheBestByGlyphAndWord() {
        assertThat(show(ShowOptions.ALL).html()).contains("★ best 0.81087").contains("● last");
    }

    @Test
    void htmlListsASharedCheckpointOnceOnly() {
        String html = show(ShowOptions.ALL).html();

        assertThat(html.split("<code>7cf2b4d</code>", -1)).hasSize(2);
    }

    @Test
    void htmlHasNothingThatNotebooksCutAway() {
        String html = show(ShowOptions.ALL).html();

        assertThat(html).doesNotContain("<style", "<script", "<svg").contains("data:image/svg+xml;base64,");
    }

    @Test
    void theBestIsWhatTheProjectSaysItIs() {
        ExperimentTable table = new ExperimentTable(
                List.of(new BaselineExperiments(
                        state("workspace", null, Map.of()),
                        List.of(
                                new ExperimentRange(
                                        "low", List.of(state("1".repeat(40), "low", values(0.1, 0.2))), null),
                                new ExperimentRange(
                                        "high", List.of(state("2".repeat(40), "high", values(0.9, 0.8))), null)))),
                List.of());

        assertThat(new ExperimentRendering(table, ShowOptions.ALL, DvcExperiments.CLOCK).html())
                .contains("★ best metrics.json:val_loss <b>0.1</b>");
        assertThat(new ExperimentRendering(
                                table.judgedBy(new Objective("spread", Objective.Mode.MAX)),
                                ShowOptions.ALL,
                                DvcExperiments.CLOCK)
                        .html())
                .contains("★ best metrics.json:spread <b>0.8</b>");
    }

    private static Map<String, Object> values(double loss, double spread) {
        return Map.of("val_loss", loss, "spread", spread);
    }

    @Test
    void namesAreEscapedInHtmlAndMarkdown() {
        String evil = "<script>alert('x')</script>";
        ExperimentTable table = new ExperimentTable(
                List.of(new BaselineExperiments(
                        state("workspace", evil, Map.of(evil, 0.5)),
                        List.of(new ExperimentRange(
                                evil, List.of(state("0".repeat(40), evil, Map.of(evil, "|" + evil))), null)))),
                List.of(evil));

        var rendering = new ExperimentRendering(table, ShowOptions.ALL, DvcExperiments.CLOCK);

        assertThat(rendering.html()).doesNotContain("<script").contains("&lt;script&gt;");
        assertThat(rendering.safeMarkdown()).doesNotContain("<script").contains("\\|&lt;script>");
    }

    @Test
    void hundredRowsStayBelowSixtyKilobytes() {
        List<ExperimentRange> ranges = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            List<RevisionState> chain = new ArrayList<>();
            for (int k = 0; k < 10; k++) {
                Map<String, Object> metrics = new LinkedHashMap<>();
                List.of("loss", "val_loss", "accuracy", "val_accuracy", "step")
                        .forEach(name -> metrics.put(name, 1.0 / (3 + chain.size()) + ranges.size() * 0.001));
                chain.add(state("%020d%020d".formatted(i, k), k == 0 ? "exp-" + i : null, metrics));
            }
            ranges.add(new ExperimentRange("exp-" + i, chain, null));
        }
        ExperimentTable table = new ExperimentTable(
                List.of(new BaselineExperiments(state("workspace", null, Map.of()), ranges)), List.of());

        String html = new ExperimentRendering(table, ShowOptions.ALL, DvcExperiments.CLOCK).html();

        assertThat(html.length()).isLessThan(60_000);
    }

    private static ShowOptions columns(List<String> metrics, List<String> params) {
        return new ShowOptions("", "", false, metrics, List.of(), params, List.of(), "", false, 0, false);
    }

    private static ExperimentRendering show(ShowOptions options) {
        return new ExperimentRendering(DvcExperiments.table(), options, DvcExperiments.CLOCK);
    }

    private static RevisionState state(String rev, String name, Map<String, Object> metrics) {
        return new RevisionState(
                rev,
                name,
                Instant.parse("2026-11-23T10:00:00Z"),
                Map.of("params.yaml", FileValues.of(metrics)),
                Map.of("metrics.json", FileValues.of(metrics)),
                Map.of(),
                Map.of(),
                true,
                null);
    }
}

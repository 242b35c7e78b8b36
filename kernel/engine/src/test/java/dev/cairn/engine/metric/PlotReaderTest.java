package dev.cairn.engine.metric;

import static dev.cairn.engine.metric.GoldenProject.assertPrints;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlotReaderTest {
    private final GoldenProject project = new GoldenProject();
    private final PlotReader reader = new PlotReader(new ValueFiles());

    private Map<String, Object> show(
            List<RevisionData> revisions, List<String> targets, Map<String, Object> overrides) {
        return reader.show(revisions, targets, overrides)
                .toJson(series -> "...", (image, revision) -> "ROOT/dvc_plots/" + image.fileName(revision));
    }

    @Test
    void showsTheWorkspaceAsDvcDoes() throws IOException {
        assertPrints(show(List.of(project.workspace()), List.of(), Map.of()), "plots-show.json");
    }

    @Test
    void comparesRevisionsAsDvcDoes() throws IOException {
        assertPrints(show(List.of(project.head(), project.workspace()), List.of(), Map.of()), "plots-diff.json");
    }

    @Test
    void aTargetSelectsPlotsByTheBeginningOfTheirIds() throws IOException {
        assertPrints(show(List.of(project.workspace()), List.of("p.tsv"), Map.of()), "plots-show-target.json");
        assertPrints(show(List.of(project.workspace()), List.of("d"), Map.of()), "plots-show-directory.json");
    }

    @Test
    void anyDataFileCanBeDrawn() throws IOException {
        assertPrints(
                show(List.of(project.workspace()), List.of("d/list.yaml"), Map.of("x", "a")), "plots-show-list.json");
    }

    @Test
    void aFieldThatIsNotThereIsAProblemOfThePlot() throws IOException {
        assertPrints(
                show(List.of(project.workspace()), List.of("logs.csv"), Map.of("y", "nope")),
                "plots-show-wrong-field.json");
    }

    @Test
    void aFileOfAnotherKindIsAProblemOfThePlot() throws IOException {
        assertPrints(show(List.of(project.workspace()), List.of("data.txt"), Map.of()), "plots-show-wrong-type.json");
    }

    @Test
    void axesTitleAndLabelsAreResolved() {
        PlotSet set = reader.show(List.of(project.workspace()), List.of("logs.csv"), Map.of());

        assertThat(set.plots()).hasSize(2);
        Plot.Resolved several = ((Plot.Series) set.plots().get(0)).properties();
        assertThat(several.x()).isEqualTo("epoch");
        assertThat(several.y()).isEqualTo("dvc_inferred_y_value");
        assertThat(several.title()).isEqualTo("T");
        assertThat(several.yLabel()).isEqualTo("y");
        Plot.Resolved one = ((Plot.Series) set.plots().get(1)).properties();
        assertThat(List.of(one.x(), one.y(), one.title(), one.xLabel(), one.yLabel()))
                .containsExactly("epoch", "loss", "logs.csv", "epoch", "loss");
    }

    @Test
    void revisionsAreInTheOrderAskedFor() {
        PlotSet set = reader.show(List.of(project.head(), project.workspace()), List.of("p.tsv"), Map.of());

        Plot.Series series = (Plot.Series) set.plots().get(0);
        assertThat(series.revisions()).containsExactly("HEAD", "workspace");
        assertThat(series.points().keySet()).containsExactly("workspace", "HEAD");
    }

    @Test
    void tsvWithoutHeaderNamesItsColumnsByNumber() {
        assertThat(SeparatedValues.parse("1\t2\n3\t4\n", '\t', false))
                .containsExactly(Map.of("0", "1", "1", "2"), Map.of("0", "3", "1", "4"));
    }

    @Test
    void quotedCellsMayHoldSeparatorsQuotesAndLineBreaks() {
        assertThat(SeparatedValues.parse("a,b\r\n\"x,\"\"1\"\"\",\"two\nlines\"\r\n\r\n", ',', true))
                .containsExactly(Map.of("a", "x,\"1\"", "b", "two\nlines"));
    }

    @Test
    void blankLinesAreNoRowsButAnEmptyCellInQuotesIs() {
        assertThat(SeparatedValues.parse("a\n1\n\n\"\"\n\r\n2", ',', true))
                .containsExactly(Map.of("a", "1"), Map.of("a", ""), Map.of("a", "2"));
    }

    @Test
    void plotsDiffLooksAtHeadOnlyWhenSomethingChanged() {
        assertThat(PlotReader.diffRevisions(List.of(), true)).containsExactly("HEAD", "workspace");
        assertThat(PlotReader.diffRevisions(List.of(), false)).containsExactly("workspace");
        assertThat(PlotReader.diffRevisions(List.of("one"), true)).containsExactly("one", "workspace");
        assertThat(PlotReader.diffRevisions(List.of("one", "two"), true)).containsExactly("one", "two");
    }
}

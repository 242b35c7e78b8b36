package dev.cairn.engine.metric;

import static dev.cairn.engine.metric.GoldenProject.assertPrints;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricReaderTest {
    private final GoldenProject project = new GoldenProject();
    private final MetricReader reader = new MetricReader(new ValueFiles());

    @Test
    void showsTheWorkspaceAsDvcDoes() throws IOException {
        var shown = reader.show(List.of(project.workspace()), List.of(), false);

        assertPrints(MetricReader.toJson(shown), "metrics-show.json");
    }

    @Test
    void showsTargetsAndTopLevelMetricsAsDvcDoes() throws IOException {
        var shown = reader.show(List.of(project.workspace()), List.of("bad.json", "m.json"), false);

        assertPrints(MetricReader.toJson(shown), "metrics-show-targets.json");
    }

    @Test
    void showsSeveralRevisionsWithMetricsThatOnlyTheCacheHolds() throws IOException {
        var shown = reader.show(List.of(project.workspace(), project.at("head", "main")), List.of(), false);

        assertPrints(MetricReader.toJson(shown), "metrics-show-branches.json");
    }

    @Test
    void comparesAsDvcDoes() throws IOException {
        var diff = reader.diff(project.head(), project.workspace(), List.of(), false, false);

        assertPrints(diff.toJson(), "metrics-diff.json");
    }

    @Test
    void comparesUnchangedValuesToo() throws IOException {
        var diff = reader.diff(project.head(), project.workspace(), List.of("m.json"), false, true);

        assertPrints(diff.toJson(), "metrics-diff-all.json");
    }

    @Test
    void aMetricWhoseContentIsMissingFromTheCacheIsAnError() {
        RevisionData head = new RevisionData(
                "HEAD",
                project.head().files(),
                files -> project.head().pipeline(),
                (hash, name) -> java.util.Optional.empty());

        var values = reader.read(head);

        assertThat(values.get("c.yaml").error()).isEqualTo(new FileValues.FileError("FileNotFoundError", ""));
    }

    @Test
    void aFileMayHoldOneBareValueOrNothing(@TempDir Path root) throws IOException {
        Files.writeString(root.resolve("dvc.yaml"), "metrics: [one.json, none.yaml, list.yaml, empty.json]\n");
        Files.writeString(root.resolve("one.json"), "0.5");
        Files.writeString(root.resolve("none.yaml"), "");
        Files.writeString(root.resolve("list.yaml"), "[1]");
        Files.writeString(root.resolve("empty.json"), "");

        var shown = reader.show(List.of(at(root)), List.of(), false);

        assertThat(shown.get(0).toJson())
                .isEqualTo(Map.of(
                        "data",
                        Map.of(
                                "one.json",
                                Map.of("data", 0.5),
                                "none.yaml",
                                Map.of(),
                                "list.yaml",
                                Map.of(),
                                "empty.json",
                                Map.of(
                                        "error",
                                        Map.of(
                                                "type",
                                                "JSONFileCorruptedError",
                                                "msg",
                                                "unable to read: 'empty.json', JSON file structure is corrupted")))));
    }

    @Test
    void aBrokenPipelineFileIsTheErrorOfItsRevision(@TempDir Path root) throws IOException {
        Files.writeString(root.resolve("dvc.yaml"), "stages: [\n");

        var shown = reader.show(List.of(at(root)), List.of(), false);

        assertThat(shown.get(0).hasErrors()).isTrue();
        assertThat(shown.get(0).error().type()).isEqualTo("YAMLSyntaxError");
    }

    private static RevisionData at(Path root) {
        return new RevisionData(
                RevisionData.WORKSPACE,
                new FolderRevision(root),
                dev.cairn.engine.pipeline.PipelineReader::read,
                (hash, name) -> java.util.Optional.empty());
    }
}

package dev.cairn.engine.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.TestProject;
import dev.cairn.engine.data.StatusReader;
import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.error.StageFailedException;
import dev.cairn.engine.pipeline.TargetSelection;
import dev.cairn.store.lock.BusyPathException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproducerTest {
    private static final String PIPELINE =
            """
            stages:
              prepare:
                cmd: cp in.txt a.txt
                deps: [in.txt]
                outs: [a.txt]
              train:
                cmd: cat a.txt params.yaml > b.txt
                deps: [a.txt]
                params: [lr]
                outs: [b.txt]
            """;

    @TempDir
    Path directory;

    private TestProject chain() {
        return TestProject.in(directory)
                .file("in.txt", "1\n")
                .file("params.yaml", "lr: 0.1\nother: 1\n")
                .file("dvc.yaml", PIPELINE)
                .commit();
    }

    private static List<String> kinds(ReproduceResult result) {
        return result.outcomes().stream().map(o -> o.stage() + " " + o.kind()).toList();
    }

    @Test
    void onlyStagesThatReadWhatChangedRun() throws InterruptedException {
        try (TestProject project = chain()) {
            assertThat(kinds(project.reproduce())).containsExactly("prepare EXECUTED", "train EXECUTED");
            assertThat(kinds(project.reproduce())).containsExactly("prepare SKIPPED", "train SKIPPED");

            project.file("params.yaml", "lr: 0.1\nother: 2\n");
            assertThat(kinds(project.reproduce())).containsExactly("prepare SKIPPED", "train SKIPPED");

            project.file("params.yaml", "lr: 0.2\nother: 2\n");
            assertThat(kinds(project.reproduce())).containsExactly("prepare SKIPPED", "train EXECUTED");
            assertThat(project.read("b.txt")).isEqualTo("1\nlr: 0.2\nother: 2\n");
        }
    }

    @Test
    void whatRanBeforeComesFromTheRunCache() throws InterruptedException {
        try (TestProject project = chain()) {
            project.reproduce();
            project.file("in.txt", "2\n");
            project.reproduce();
            project.file("in.txt", "1\n");

            assertThat(kinds(project.reproduce())).containsExactly("prepare RESTORED", "train RESTORED");
            assertThat(project.read("a.txt")).isEqualTo("1\n");
        }
    }

    @Test
    void aStageWhoseOutputIsHeldByAnotherCommandKeepsIt() throws InterruptedException {
        try (TestProject project = chain()) {
            project.reproduce();
            project.file("in.txt", "2\n");
            // The first process lives as long as the machine does.
            project.file(
                    TestProject.TEMPORARY + "/rwlock",
                    "{\"write\": {\"" + project.project().resolve("a.txt")
                            + "\": {\"pid\": 1, \"cmd\": \"dvc repro\"}}}");

            assertThatThrownBy(project::reproduce).isInstanceOf(BusyPathException.class);

            assertThat(project.read("a.txt")).isEqualTo("1\n");
        }
    }

    @Test
    void aFailingStageStopsTheRunAndKeepsWhatRanBefore() throws InterruptedException {
        try (TestProject project = chain()) {
            project.file("dvc.yaml", PIPELINE.replace("cat a.txt params.yaml > b.txt", "echo half > b.txt; exit 4"));

            assertThatThrownBy(project::reproduce)
                    .isInstanceOf(StageFailedException.class)
                    .hasMessage("failed to reproduce 'train': failed to run: echo half > b.txt; exit 4, exited with 4");
            assertThat(project.read("dvc.lock")).contains("prepare:").doesNotContain("train:");
            assertThat(project.exists(".gitignore"))
                    .as("DVC takes ignores of a failed run back")
                    .isFalse();
        }
    }

    @Test
    void overlappingOutputsAndCirclesNameBothStages() {
        try (TestProject project = chain()) {
            project.file("dvc.yaml", PIPELINE.replace("outs: [b.txt]", "outs: [a.txt]"));
            assertThatThrownBy(project::reproduce)
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("output 'a.txt' is already specified in stages:\n\t- prepare\n\t- train");

            project.file("dvc.yaml", PIPELINE.replace("deps: [in.txt]", "deps: [b.txt]"));
            assertThatThrownBy(project::reproduce)
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("both a dependency and an output in stages: prepare, train");
        }
    }

    @Test
    void statusSaysWhatChanged() throws InterruptedException {
        try (TestProject project = chain()) {
            project.reproduce();
            project.file("params.yaml", "lr: 0.2\nother: 1\n").file("a.txt", "by hand\n");

            var json = new StatusReader(project.project())
                    .read(TargetSelection.ALL)
                    .toJson();

            assertThat(json.toString())
                    .isEqualTo(
                            "{prepare=[{changed outs={a.txt=modified}}], train=[{changed deps={a.txt=modified, params.yaml={lr=modified}}}]}");
        }
    }

    @Test
    void checkpointStagesAreLeftToExperiments() {
        try (TestProject project = TestProject.withCheckpoints(directory, 1)) {
            assertThatThrownBy(project::reproduce)
                    .isInstanceOf(StageFailedException.class)
                    .hasMessageContaining("must be reproduced with 'dvc exp run'");
        }
    }
}

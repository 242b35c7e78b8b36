package dev.cairn.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.TestProject;
import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.experiment.ExperimentExplainer.Explanation;
import dev.cairn.engine.experiment.ExperimentVerifier.OutputCheck;
import dev.cairn.engine.experiment.ExperimentVerifier.Verification;
import dev.cairn.engine.metric.ProjectRevisions;
import dev.cairn.engine.metric.ValueFiles;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.reproduce.RunListener;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be asked about experiments afterwards: why, whether again, the best, and how large. */
class ExperimentReviewTest {
    @TempDir
    private Path directory;

    private static RevisionStateReader states(TestProject project) {
        return new RevisionStateReader(
                project.project().git(),
                new ProjectRevisions(project.project(), PipelineReader::read),
                new ValueFiles());
    }

    @Test
    void parametersAndLinesOfCodeExplainTheMetrics() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 1)) {
            project.experiment(ExperimentRequest.of().named("one"));
            project.file("train.sh", project.read("train.sh") + "echo done\n");
            project.experiment(ExperimentRequest.of(dev.cairn.engine.params.ParameterOverride.parse("epochs=2"))
                    .named("two")
                    .withReset());

            Explanation found = new ExperimentExplainer(project.project(), states(project)).explain("one", "two");

            assertThat(found.params().changes()).extracting(c -> c.name()).containsExactly("epochs");
            assertThat(found.code()).singleElement().satisfies(change -> {
                assertThat(change.path()).isEqualTo("train.sh");
                assertThat(change.lines()).containsExactly("+echo done");
            });
            assertThat(found.metrics().changes()).extracting(c -> c.name()).containsExactly("acc");
        }
    }

    @Test
    void aReplayTellsWhetherTheSameComesOut() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 2)) {
            project.experiment(ExperimentRequest.of().named("one"));
            String before = project.sh("git for-each-ref; git status --porcelain");

            Verification same = new ExperimentVerifier(project.project(), new RunListener() {}).verify("one");

            assertThat(same.isSame()).isTrue();
            assertThat(same.outputs()).extracting(OutputCheck::path).containsExactly("model.txt");
            assertThat(project.sh("git for-each-ref; git status --porcelain")).isEqualTo(before);
            project.experiment(); // goes on: two runs in one experiment
            assertThat(new ExperimentVerifier(project.project(), new RunListener() {})
                            .verify("one")
                            .isSame())
                    .isFalse();
        }
    }

    @Test
    void theBestIsFoundAmongAllCheckpoints() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 3)) {
            ExperimentResult result = project.experiment();
            var best = new BestCheckpoint(project.project(), states(project));

            assertThat(best.find(Objective.of(project.project(), "min:acc")).revision())
                    .isEqualTo(result.checkpoints().get(0).revision());
            project.file(".cairn/experiments.yaml", "best: {metric: acc}\n");
            assertThat(best.find(Objective.of(project.project(), null)).value()).isEqualTo(0.3);
            assertThatThrownBy(() -> best.find(Objective.of(project.project(), "val_loss")))
                    .isInstanceOf(UnknownNameException.class);
        }
    }

    @Test
    void whatSeveralCheckpointsShareIsStoredOnce() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 3)) {
            project.experiment();

            CacheUsage.Usage total = new CacheUsage(project.project()).measure().total();

            assertThat(total.checkpoints()).isEqualTo(4);
            assertThat(total.logical()).isGreaterThan(total.stored());
        }
    }
}

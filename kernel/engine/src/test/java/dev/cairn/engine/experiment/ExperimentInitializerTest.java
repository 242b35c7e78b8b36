package dev.cairn.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.TestProject;
import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.experiment.ExperimentInitializer.Initialized;
import dev.cairn.engine.experiment.ExperimentInitializer.Request;
import dev.cairn.engine.experiment.ExperimentInitializer.Role;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentInitializerTest {
    @Test
    void aStageOfTheUsualPathsIsMadeAndStaged(@TempDir Path directory) {
        try (TestProject project = TestProject.in(directory)) {
            Initialized made = new ExperimentInitializer(project.project())
                    .initialize(new Request("train", "python src/train.py", Map.of(), true, false, false));

            assertThat(made.dependencies()).containsExactly("src", "data", "params.yaml");
            assertThat(made.directories()).containsExactly("plots", "models");
            assertThat(project.read("dvc.yaml"))
                    .isEqualTo(
                            """
                            stages:
                              train:
                                cmd: python src/train.py
                                deps:
                                - data
                                - src
                                params:
                                - params.yaml:
                                outs:
                                - models
                                metrics:
                                - metrics.json:
                                    cache: false
                                plots:
                                - plots:
                                    cache: false
                            """);
            assertThat(project.sh("git diff --cached --name-only").lines()).contains("dvc.yaml", "params.yaml");
        }
    }

    @Test
    void liveAndCheckpointsPersist(@TempDir Path directory) {
        try (TestProject project = TestProject.in(directory)) {
            new ExperimentInitializer(project.project())
                    .initialize(new Request(
                            "fit",
                            "sh fit.sh",
                            Map.of(Role.LIVE, "live", Role.MODELS, "m/model.pt"),
                            true,
                            true,
                            false));

            assertThat(project.read("dvc.yaml"))
                    .contains("- m/model.pt:\n        checkpoint: true")
                    .contains("- live/metrics.json:\n        cache: false\n        persist: true")
                    .doesNotContain("- metrics.json");
        }
    }

    @Test
    void aStageThatIsThereStays(@TempDir Path directory) {
        try (TestProject project = TestProject.in(directory)) {
            var initializer = new ExperimentInitializer(project.project());
            initializer.initialize(new Request("train", "a", Map.of(), false, false, false));

            assertThatThrownBy(() -> initializer.initialize(new Request("train", "b", Map.of(), false, false, false)))
                    .isInstanceOf(ConflictException.class);
        }
    }
}

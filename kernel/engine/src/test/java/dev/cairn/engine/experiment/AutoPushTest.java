package dev.cairn.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.TestProject;
import dev.cairn.engine.error.ConfigException;
import dev.cairn.engine.params.ParameterOverride;
import dev.cairn.engine.reproduce.RunListener;
import dev.cairn.store.StoreException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoPushTest {
    @TempDir
    private Path directory;

    private static void configure(TestProject project, String settings) {
        project.file(".dvc/config", settings);
        project.project().refresh(project.project().environment());
    }

    @Test
    void eachCheckpointGoesToTheRemotes() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 2)) {
            project.sh("git init -q --bare ../origin");
            configure(
                    project,
                    """
                    [exp]
                        auto_push = true
                        git_remote = ../origin
                    [core]
                        remote = store
                    ['remote "store"']
                        url = ../../store
                    """);

            ExperimentResult result = project.experiment();
            ExperimentResult beside = new TemporaryRunner(project.project(), RunListener.SILENT)
                    .run(ExperimentRequest.of(ParameterOverride.parse("lr=0.7")).withReset(), null, List.of());

            for (ExperimentResult each : List.of(result, beside)) {
                assertThat(project.sh("git --git-dir=../origin rev-parse "
                                + each.ref().refName()))
                        .isEqualTo(each.revision());
            }
            assertThat(project.sh("grep -rl '^epoch 1' ../store").lines()).hasSize(4);
        }
    }

    @Test
    void aRemoteThatIsNotThereIsRefusedBeforeAnythingRuns() {
        try (TestProject project = TestProject.withCheckpoints(directory, 1)) {
            configure(project, "[exp]\n    auto_push = true\n");
            assertThatThrownBy(project::experiment).isInstanceOf(ConfigException.class);
            configure(project, "[exp]\n    auto_push = true\n    git_remote = ../nowhere\n");
            assertThatThrownBy(project::experiment).isInstanceOf(StoreException.class);

            assertThat(project.exists("model.txt")).isFalse();
        }
    }
}

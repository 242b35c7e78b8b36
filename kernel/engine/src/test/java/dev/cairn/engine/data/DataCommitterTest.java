package dev.cairn.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.TestProject;
import dev.cairn.engine.error.ExpectedFailureException;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.pipeline.TargetSelection;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommitterTest {
    @TempDir
    Path directory;

    private TestProject project() {
        return TestProject.in(directory)
                .file("in.txt", "1\n")
                .file("dvc.yaml", "stages:\n  s: {cmd: cp in.txt out.txt, deps: [in.txt], outs: [out.txt]}\n")
                .commit();
    }

    @Test
    void aChangeByHandIsTakenOnlyWhenForced() throws InterruptedException {
        try (TestProject project = project()) {
            project.reproduce();
            project.sh("rm out.txt && echo 2 > out.txt");
            DataCommitter committer = new DataCommitter(project.project());

            assertThatThrownBy(() -> committer.commit(TargetSelection.ALL, false))
                    .isInstanceOf(ExpectedFailureException.class)
                    .hasMessage("unable to commit changed stage: 's'. Use `-f|--force` to force.");
            assertThat(committer.commit(TargetSelection.ALL, true)).containsExactly("dvc.lock");
            assertThat(project.read("dvc.lock")).contains("26ab0db90d72e28ad0ba1e22ee510510");
        }
    }

    @Test
    void whatIsMissingIsNamed() throws InterruptedException {
        try (TestProject project = project()) {
            project.reproduce();
            project.sh("rm out.txt");

            assertThatThrownBy(
                            () -> new DataCommitter(project.project()).commit(TargetSelection.of(List.of("s")), true))
                    .hasMessage("output 'out.txt' does not exist");
        }
    }

    @Test
    void filesThatGitIgnoresDeclareNothing() {
        try (TestProject project = project()) {
            project.file("scratch/dvc.yaml", "stages:\n  other: {cmd: touch x}\n")
                    .file(".gitignore", "/scratch\n");

            assertThat(PipelineReader.read(project.project().workspace())
                            .stages()
                            .keySet())
                    .extracting(StageAddress::toString)
                    .containsExactly("s");
        }
    }
}

package dev.cairn.magics.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.magics.TestProject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MagicsInKernelTest {
    private TestProject project;
    private TestKernel kernel;

    @BeforeEach
    void start(@TempDir Path dir) throws IOException {
        Path directory = dir.toRealPath();
        project = TestProject.in(directory);
        kernel = new TestKernel(directory);
    }

    @AfterEach
    void stop() {
        kernel.close();
    }

    @Test
    void cellOfCommandsRunsThemInOrder() {
        String printed = kernel
                .run(
                        """
                %%dvc
                init   # makes the project
                stage add -n train -d train.sh -p epochs \\
                    -c model.txt -M metrics.json "sh train.sh"
                stage list
                """)
                .stream();

        assertThat(printed)
                .startsWith("Initialized DVC repository.\n")
                .contains("Added stage 'train' in 'dvc.yaml'\n")
                .endsWith("train  Outputs model.txt; Reports metrics.json\n");
    }

    @Test
    void runIsShownInPlaceAndEndsAsASummary() {
        prepare();

        TestKernel.Cell cell = kernel.run("%exp run -n first");

        assertThat(cell.displays()).hasSize(1);
        assertThat(cell.displays().get(0).text().orElseThrow())
                .startsWith("Experiment first: ✓ done ")
                .contains("✓ train ")
                .contains("#    Checkpoint    loss    step\n1 ");
        assertThat(cell.displays().get(0).toString())
                .contains("2 checkpoints", "★ best 0.7", "output, last ", "epoch 2")
                .doesNotContain("<script", "<svg", "<style");
        assertThat(cell.result().orElseThrow().text().orElseThrow()).startsWith("Experiment first is at ");
        assertThat(cell.stream()).isEmpty();
    }

    @Test
    void tableIsAValueForJavaCode() {
        prepare();
        kernel.run("%exp run -n first");

        TestKernel.Cell cell = kernel.run(
                """
                var table = %exp show
                table.lowest("loss").orElseThrow().experiment() + " " + table.rows().size()
                """);

        assertThat(cell.result().orElseThrow().text()).contains("first 3");
    }

    @Test
    void tableIsShownWithTheChosenColumnsOnly() {
        prepare();
        kernel.run("%exp run -n first");

        var bundle = kernel.run("%exp show --include-metrics=loss --include-params=epochs")
                .result()
                .orElseThrow();

        assertThat(bundle.text().orElseThrow())
                .contains("loss", "epochs", "[first]")
                .doesNotContain("step");
        // JupyterLab would show JSON rather than HTML if it were there.
        assertThat(bundle.toString())
                .contains("\"text/plain\":", "\"text/markdown\":", "\"text/html\":")
                .doesNotContain("\"application/json\":");
    }

    @Test
    void plotsAreDrawnForEveryReader() {
        prepare();
        kernel.run("%exp run -n first");

        var bundle = kernel.run("%plots diff --targets logs.csv -x step -y loss first")
                .result()
                .orElseThrow();

        assertThat(bundle.toString())
                .contains(
                        "\"text/plain\":",
                        "\"text/html\":",
                        "\"image/png\":",
                        "\"application/vnd.vegalite.v5+json\":{");
    }

    @Test
    void mistakesArePlainErrorsWithAHint() {
        prepare();

        TestKernel.Cell cell = kernel.run("%exp aply first");

        assertThat(cell.error().orElseThrow())
                .contains("invalid choice: 'aply'")
                .contains("Did you mean `exp apply`?");
    }

    @Test
    void failedStageShowsItsOutputAndTheError() {
        prepare();
        project.write("train.sh", "echo about to fail\nexit 3\n");

        TestKernel.Cell cell = kernel.run("%exp run -n broken");

        assertThat(cell.error().orElseThrow()).contains("failed to reproduce 'train'");
        assertThat(cell.displays().get(0).text().orElseThrow())
                .contains("✗ failed")
                .contains("about to fail");
    }

    @Test
    void interruptEndsALoopAndKeepsTheCheckpoints() {
        prepare();
        project.write("params.yaml", "epochs: 100\n");
        project.commitAll();

        TestKernel.Cell cell =
                kernel.runAndInterruptAtFirst("Checkpoint", "while (true) {\n    %exp run -n endless\n}\n");

        assertThat(cell.error()).isPresent();
        assertThat(project.git("for-each-ref", "refs/exps").lines().filter(l -> l.endsWith("/endless")))
                .hasSize(1);
    }

    @Test
    void checkpointRecordsWorkspaceMetricsAndCells() {
        prepare();

        assertThat(kernel.run("int answer = 42;\n%checkpoint -n tuned loss=0.31").stream())
                .startsWith("Checkpoint 1 of 'tuned'")
                .contains("loss 0.31");
        assertThat(kernel.run("Checkpoint.make();").error()).isEmpty();
        assertThat(kernel.run("%checkpoint step=3").stream()).startsWith("Checkpoint 3 of 'tuned'");

        String ref = project.git("for-each-ref", "--format=%(refname)", "refs/exps")
                .lines()
                .filter(name -> name.endsWith("/tuned"))
                .findFirst()
                .orElseThrow();
        assertThat(project.git("log", "--format=%h", ref, "^main").lines()).hasSize(3);
        assertThat(project.git("grep", "-h", "answer = 42", ref)).contains("int answer = 42;");
    }

    @Test
    void cdMovesMagicsAndShellCommands(@TempDir Path other) throws IOException {
        TestProject.in(other.toRealPath());
        prepare();

        kernel.run("%cd " + other.toRealPath());

        assertThat(kernel.run("!pwd").stream()).isEqualTo(other.toRealPath() + "\n");
        assertThat(kernel.run("%status").error().orElseThrow()).contains("not inside of a DVC repository");
    }

    @Test
    void helpIsShownForAQuestionMark() {
        assertThat(kernel.run("%exp run?").everything()).contains("--set-param");
    }

    private void prepare() {
        kernel.run("%dvc init");
        kernel.run("%" + String.join(" ", TestProject.STAGE_WORDS));
        project.commitAll();
    }
}

package dev.cairn.magics.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.live.Checkpoint;
import dev.cairn.magics.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MagicsInKernelTest {
    private static final String TRACK =
            """
            int[] weight = {0};
            Checkpoint.track("models/net.txt", p -> Files.writeString(p, "w" + weight[0]),
                    p -> weight[0] = Integer.parseInt(Files.readString(p).substring(1)));
            """;

    private Path directory;
    private TestProject project;
    private TestKernel kernel;

    @BeforeEach
    void start(@TempDir Path dir) throws IOException {
        directory = dir.toRealPath();
        project = TestProject.in(directory);
        kernel = new TestKernel(directory);
    }

    @AfterEach
    void stop() {
        kernel.close();
        Checkpoint.untrack("models/net.txt"); // what is tracked belongs to the process
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

        assertThat(cell.error()).isEmpty();
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

        String ref = experiment("tuned");
        assertThat(project.git("log", "--format=%h", ref, "^main").lines()).hasSize(3);
        assertThat(project.git("grep", "-h", "answer = 42", ref)).contains("int answer = 42;");
    }

    @Test
    void loopInACellKeepsEveryStepInOrder() {
        prepare();
        kernel.run(TRACK);

        TestKernel.Cell cell = kernel.run(
                """
                for (int i = 1; i <= 20; i++) {
                    weight[0] = i;
                    Checkpoint.make(Map.of("loss", 1.0 / i));
                }
                """);

        assertThat(cell.error()).isEmpty();
        String ref = experiment("");
        assertThat(cell.displays().get(cell.displays().size() - 1).text().orElseThrow())
                .contains("Checkpoints 1 to 20 of '" + ref.substring(ref.lastIndexOf('/') + 1) + "' recorded")
                .contains("loss 0.05");
        List<String> commits =
                project.git("rev-list", "--reverse", ref, "^main").lines().toList();
        assertThat(commits).hasSize(20);
        for (int step : List.of(1, 2, 13, 20)) {
            kernel.run("%checkpoint resume " + commits.get(step - 1));
            assertThat(project.read("models/net.txt")).isEqualTo("w" + step);
            assertThat(project.read("checkpoint/metrics.json")).contains(Double.toString(1.0 / step));
            assertThat(kernel.run("weight[0]").result().orElseThrow().text()).contains(Integer.toString(step));
        }
    }

    @Test
    void nextCheckpointForksWhereTheSessionWentBackTo() {
        prepare();
        kernel.run(TRACK);
        kernel.run("for (int i = 1; i <= 3; i++) { weight[0] = i; Checkpoint.make(); }");
        String second = project.git("rev-parse", experiment("") + "~1").strip();

        String resumed = kernel.run("%checkpoint resume " + second).stream();
        String next = kernel.run("%checkpoint -n fork").stream();

        assertThat(resumed)
                .contains(
                        "checkpoint 2 of ",
                        "1 object loaded: models/net.txt",
                        "starts a new experiment that forks there")
                .doesNotContain("not run in this session");
        assertThat(next).startsWith("Checkpoint 1 of 'fork' (from checkpoint " + second.substring(0, 7));
        assertThat(project.git("rev-parse", experiment("fork") + "~1").strip()).isEqualTo(second);
    }

    @Test
    void restartedKernelGoesOnWithTheSameExperiment() {
        prepare();
        kernel.run(TRACK);
        kernel.run("weight[0] = 7; Checkpoint.make();");
        String ref = experiment("");
        stop();
        kernel = new TestKernel(directory);

        assertThat(kernel.run("%checkpoint resume").stream())
                .contains("No object is tracked in this session", "as number 2 of ");
        kernel.run(TRACK);
        kernel.run("Checkpoint.restoreTracked(); Checkpoint.make();");

        assertThat(project.git("rev-list", "--count", ref, "^main").strip()).isEqualTo("2");
        assertThat(kernel.run("weight[0]").result().orElseThrow().text()).contains("7");
    }

    @Test
    void listHasTheCurrentExperimentOnly() {
        prepare();
        kernel.run("%checkpoint -n first loss=1");
        kernel.run("%checkpoint new");
        kernel.run("%checkpoint -n second loss=2");

        String listed =
                kernel.run("%checkpoint list").result().orElseThrow().text().orElseThrow();

        assertThat(listed).contains("second").doesNotContain("first");
    }

    @Test
    void checkpointThatCannotBeRecordedFailsTheCell() throws IOException {
        prepare();
        kernel.run(TRACK);
        kernel.run("Checkpoint.make();");
        Files.move(directory.resolve(".dvc/cache"), directory.resolve("away"));
        Files.writeString(directory.resolve(".dvc/cache"), "in the way");

        TestKernel.Cell cell = kernel.run("weight[0] = 2; Checkpoint.make();");

        assertThat(cell.error().orElseThrow()).contains("cache");
        Files.delete(directory.resolve(".dvc/cache"));
        Files.move(directory.resolve("away"), directory.resolve(".dvc/cache"));
        assertThat(kernel.run("Checkpoint.make();").error()).isEmpty();
        assertThat(project.git("rev-list", "--count", experiment(""), "^main").strip())
                .isEqualTo("2");
    }

    @Test
    void mistakeInAMagicIsToldBeforeItsCellRuns() {
        prepare();

        TestKernel.Cell cell = kernel.run("%%checkpoint --unknown\nSystem.out.println(\"ran\");");

        assertThat(cell.error().orElseThrow()).contains("--unknown");
        assertThat(cell.stream()).isEmpty();
    }

    @Test
    void trackedObjectStaysInTheProject() {
        prepare();

        TestKernel.Cell cell = kernel.run("Checkpoint.track(\"../net.bin\", p -> {}, p -> {});");

        assertThat(cell.error().orElseThrow()).contains("leads out of the project", "../net.bin");
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

    /** The ref of the experiment of this name; an empty name is that of the only one. */
    private String experiment(String name) {
        return project.git("for-each-ref", "--format=%(refname)", "refs/exps/??/*/*")
                .lines()
                .filter(ref -> ref.endsWith("/" + name) || name.isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private void prepare() {
        kernel.run("%dvc init");
        kernel.run("%" + String.join(" ", TestProject.STAGE_WORDS));
        project.commitAll();
    }
}

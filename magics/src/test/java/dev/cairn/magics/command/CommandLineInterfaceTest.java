package dev.cairn.magics.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.engine.project.Environment;
import dev.cairn.magics.TestProject;
import dev.cairn.store.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineInterfaceTest {
    private final OpenProjects projects = new OpenProjects();
    private final CommandLineInterface commands = new CommandLineInterface(projects);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path directory;

    @BeforeEach
    void startHere(@TempDir Path dir) throws IOException {
        directory = dir.toRealPath();
    }

    @AfterEach
    void closeProjects() {
        projects.close();
    }

    @Test
    void initTellsWhatDvcTellsAndRefusesASecondTime() {
        TestProject.in(directory);

        assertThat(run("init")).isZero();
        assertThat(printed()).startsWith("Initialized DVC repository.\n\nYou can now commit the changes to git.\n");

        assertThat(run("init")).isEqualTo(1);
        assertThat(errors()).startsWith("ERROR: failed to initiate DVC - '.dvc' exists. Use `-f` to force.");
    }

    @Test
    void outsideOfAProjectIsExitCode253() {
        assertThat(run("status")).isEqualTo(253);
        assertThat(errors()).startsWith("ERROR: you are not inside of a DVC repository");
    }

    @Test
    void wrongArgumentsAreExitCode254WithASuggestion() {
        assertThat(run("exp", "shw")).isEqualTo(254);
        assertThat(errors()).contains("invalid choice: 'shw'").contains("Did you mean `exp show`?");

        assertThat(run("exp", "show", "--only-chnged")).isEqualTo(254);
        assertThat(errors()).contains("unrecognized arguments: --only-chnged").contains("Did you mean --only-changed?");
    }

    @Test
    void whatIsNotSupportedYetIsRefusedByName() {
        assertThat(run("studio", "login")).isEqualTo(255);
        assertThat(errors()).startsWith("ERROR: 'studio' is not supported by Cairn yet.");

        assertThat(run("exp", "exec-run")).isEqualTo(255);
        assertThat(errors()).startsWith("ERROR: 'exp exec-run' is not supported by Cairn yet.");
    }

    @Test
    void aFirstStageNeedsACommandAndAsksNothing() {
        assertThat(run("exp", "init")).isEqualTo(255);
        assertThat(errors()).startsWith("ERROR: command is not specified");

        assertThat(run("exp", "init", "-i", "sh train.sh")).isEqualTo(255);
        assertThat(errors()).startsWith("ERROR: `exp init` asks no questions here.");
    }

    @Test
    void gcNeedsAScopeAndConsent() {
        TestProject.in(directory);
        assertThat(run("init", "-q")).isZero();

        assertThat(run("gc")).isEqualTo(255);
        assertThat(errors()).contains("needs to be set");

        assertThat(run("gc", "-w")).isEqualTo(1);
        assertThat(errors())
                .contains("WARNING: This will remove all cache except items used in the workspace of")
                .contains("Add -f");

        assertThat(run("gc", "-w", "-f")).isZero();
        assertThat(printed()).contains("No unused 'local' cache to remove.");
    }

    @Test
    void helpOfACommandTellsItsOptions() {
        assertThat(run("exp", "run", "--help")).isZero();
        assertThat(printed()).contains("--set-param").contains("Run the pipeline as an experiment");
    }

    @Test
    void stageIsAddedWithDvcsWords() {
        project();

        assertThat(printed())
                .isEqualTo(
                        "Added stage 'train' in 'dvc.yaml'\n\nTo track the changes with git, run:\n\n"
                                + "\tgit add .gitignore dvc.yaml\n\nTo enable auto staging, run:\n\n\tdvc config core.autostage true\n");
        assertThat(run("stage", "list")).isZero();
        assertThat(printed()).isEqualTo("train  Outputs model.txt; Reports metrics.json, logs.csv\n");
    }

    @Test
    void experimentRunsResumesAndForks() {
        project().commitAll();

        assertThat(run("exp", "run", "-n", "first")).isZero();
        assertThat(printed())
                .contains("Reproducing experiment 'first'\n", "Running stage 'train':\n> sh train.sh\nepoch 1\n")
                .contains("\nRan experiment(s): first\nExperiment results have been applied to your workspace.\n");

        assertThat(run("exp", "run")).isZero();
        assertThat(printed()).startsWith("Existing checkpoint experiment 'first' will be resumed\n");

        assertThat(run("exp", "run", "-S", "epochs=1", "-n", "fork")).isZero();
        assertThat(printed()).startsWith("Modified checkpoint experiment based on 'first' will be created\n");

        assertThat(run("exp", "list", "--names-only")).isZero();
        assertThat(printed().lines()).containsExactlyInAnyOrder("first", "fork");
    }

    @Test
    void experimentsAreShownComparedAppliedAndRemoved() {
        project().commitAll();
        run("exp", "run", "-n", "first");

        assertThat(run("exp", "show", "--csv", "--include-metrics", "loss", "--include-params", "epoch*"))
                .isZero();
        assertThat(printed())
                .startsWith("Experiment,rev,typ,Created,parent,loss,epochs\r\n")
                .contains("checkpoint_tip");

        assertThat(run("exp", "diff", "--json")).isZero();
        assertThat(((Map<?, ?>) JsonReader.parse(printed())).keySet()).hasToString("[metrics, params]");

        Matcher checkpoints = Pattern.compile("iteration '(\\w{7})'").matcher(runOutput);
        assertThat(checkpoints.find()).isTrue();
        assertThat(run("exp", "apply", checkpoints.group(1))).isZero();
        assertThat(printed()).startsWith("Changes for experiment '" + checkpoints.group(1) + "' have been applied");

        assertThat(run("exp", "branch", "first", "b1")).isZero();
        assertThat(run("exp", "remove", "first")).isZero();
        assertThat(printed()).endsWith("Removed experiments: 'first'\n");
    }

    @Test
    void unknownRevisionIsExitCode1() {
        project().commitAll();

        assertThat(run("exp", "diff", "nope")).isEqualTo(1);
        assertThat(errors()).startsWith("ERROR: failed to show experiments diff - unknown Git revision 'nope'");
    }

    @Test
    void plotsAloneShowsThePlots() throws IOException {
        project().commitAll();
        run("exp", "run");

        assertThat(run("plots")).isZero();
        assertThat(printed()).isEqualTo("file://" + directory.resolve("dvc_plots/index.html") + "\n");
        assertThat(Files.readString(directory.resolve("dvc_plots/index.html")))
                .contains("data:image/svg+xml;base64,")
                .doesNotContain("<script", "http://", "https://");
    }

    @Test
    void dataGoesToTheRemoteAndComesBack() throws IOException {
        project();
        Files.writeString(directory.resolve("data.txt"), "hello\n");
        Path storage = directory.resolveSibling(directory.getFileName() + "-storage");

        assertThat(run("add", "data.txt")).isZero();
        assertThat(run("remote", "add", "-d", "storage", storage.toString())).isZero();
        assertThat(printed()).endsWith("Setting 'storage' as a default remote.\n");
        assertThat(run("push")).isZero();
        assertThat(printed()).isEqualTo("1 file pushed\n");
        assertThat(run("push")).isZero();
        assertThat(printed()).isEqualTo("Everything is up to date.\n");

        Files.delete(directory.resolve("data.txt"));
        dev.cairn.store.file.AtomicFiles.deleteRecursively(directory.resolve(".dvc/cache"));
        assertThat(run("pull")).isZero();
        assertThat(printed()).isEqualTo("A       data.txt\n1 file added and 1 file fetched\n");
        assertThat(directory.resolve("data.txt")).hasContent("hello\n");
    }

    @Test
    void settingsAreWrittenReadAndRemoved() {
        project();

        assertThat(run("config", "core.autostage", "true")).isZero();
        assertThat(run("config", "core.autostage")).isZero();
        assertThat(printed()).isEqualTo("true\n");
        assertThat(run("config", "-u", "core.autostage")).isZero();
        assertThat(run("config", "core.autostage")).isEqualTo(251);
    }

    @Test
    void cdWorksInAnotherDirectory() throws IOException {
        project();
        Files.createDirectories(directory.resolve("sub"));

        assertThat(run("--cd", "sub", "root")).isZero();
        assertThat(printed()).isEqualTo("..\n");
    }

    @Test
    void graphIsPrintedInThreeForms() {
        project();

        run("dag");
        assertThat(printed()).isEqualTo("+-------+\n| train |\n+-------+\n");
        run("dag", "--dot");
        assertThat(printed()).isEqualTo("strict digraph  {\n\"train\";\n}\n\n");
        run("dag", "--mermaid");
        assertThat(printed()).isEqualTo("flowchart TD\n\tnode1[\"train\"]\n");
    }

    @Test
    void completionKnowsCommandsOptionsStagesAndParameters() {
        project().commitAll();
        CommandIo io = io();

        assertThat(commands.complete(List.of(), "ex", io)).containsExactly("exp");
        assertThat(commands.complete(List.of("exp"), "sh", io)).containsExactly("show");
        assertThat(commands.complete(List.of("exp", "run"), "--set", io)).containsExactly("--set-param");
        assertThat(commands.complete(List.of("exp", "run"), "tr", io)).containsExactly("train");
        assertThat(commands.complete(List.of("exp", "run", "-S"), "e", io)).containsExactly("epochs=");
    }

    private String runOutput = "";

    private TestProject project() {
        TestProject project = TestProject.in(directory);
        run("init");
        run(TestProject.STAGE_WORDS.toArray(String[]::new));
        return project;
    }

    private int run(String... words) {
        out.reset();
        err.reset();
        int status = commands.execute(List.of(words), io());
        if (words.length > 1 && words[1].equals("run")) {
            runOutput = printed();
        }
        return status;
    }

    private CommandIo io() {
        Environment environment =
                new Environment(directory, TestProject.environment(), Clock.system(ZoneOffset.UTC), new Random(1));
        return CommandIo.terminal(print(out), print(err), environment, Map.of(), false);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}

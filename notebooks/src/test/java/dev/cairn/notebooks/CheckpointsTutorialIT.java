package dev.cairn.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code install/quickstart} runs the tutorial in Jupyter, then real DVC 2.58.2 and Cairn look at the project that it left. What
 * changes the project works on a copy.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckpointsTutorialIT {
    private static final String MODEL = "models/digits/model.bin";

    private final Path install = Path.of(System.getProperty("cairn.install")).normalize();
    private final Path results = install.resolve("target/quickstart");
    private final String cairn = install.resolve("target/cairn/bin/cairn").toString();
    private final String dvc = install.resolve("target/dvc/bin/dvc").toString();

    @TempDir
    Path dir;

    private Shell project;
    private Notebook notebook;

    @BeforeAll
    void runTheQuickstart(@TempDir Path home) throws Exception {
        Map<String, String> environment = new HashMap<>();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("JUPYTER_DATA_DIR", home.resolve("jupyter").toString());
        environment.put("DVC_NO_ANALYTICS", "1");
        environment.put("DVC_SITE_CACHE_DIR", home.resolve("site").toString());
        environment.put("GIT_AUTHOR_NAME", "Ada");
        environment.put("GIT_AUTHOR_EMAIL", "ada@example.org");
        environment.put("GIT_COMMITTER_NAME", "Ada");
        environment.put("GIT_COMMITTER_EMAIL", "ada@example.org");
        Shell shell = new Shell(install.getParent(), environment);

        shell.run(install.resolve("quickstart").toString(), "--again").ok();

        project = shell.in(results.resolve("project"));
        notebook = Notebook.read(results.resolve("checkpoints.ipynb"));
    }

    @Test
    void quickstartDoesNothingASecondTime() throws Exception {
        String output = project.run(install.resolve("quickstart").toString()).ok();

        assertThat(output).contains("Cairn is built", "nothing changed since", "checkpoints.html");
    }

    @Test
    void noCellFailsButThoseThatShowAFailure() {
        assertThat(notebook.cells()).hasSizeGreaterThan(20).allSatisfy(cell -> {
            if (!cell.mayFail()) {
                assertThat(cell.outputs()).as(cell.source()).noneMatch(Notebook.Output::isError);
            }
        });
    }

    @Test
    void theTableShowsTwoExperimentsWithTheirCheckpointsAndTheFork() {
        List<String> tables = notebook.outputsOf("%exp show").stream()
                .map(Notebook.Output::text)
                .toList();

        assertThat(tables).anySatisfy(table -> {
            assertThat(table).contains("first", "larger-batches");
            assertThat(table.lines().filter(line -> line.matches(".*[╓╟╨].*"))).hasSizeGreaterThanOrEqualTo(8);
            assertThat(table.lines().filter(line -> line.contains("╓"))).hasSizeGreaterThanOrEqualTo(2);
        });
    }

    @Test
    void twoChartsAreDrawnForEveryKindOfReader() {
        assertThat(notebook.outputsOf("%plots"))
                .filteredOn(output -> output.mimeTypes().contains("image/png"))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(chart -> assertThat(chart.mimeTypes())
                        .contains("text/plain", "text/html", "application/vnd.vegalite.v5+json"));
    }

    @Test
    void dvcSeesTheSameExperimentsParamsAndMetrics() throws Exception {
        JsonElement ours = JsonParser.parseString(
                project.run(cairn, "exp", "show", "--json", "-n", "20").ok());
        JsonElement theirs = JsonParser.parseString(
                project.run(dvc, "exp", "show", "--json", "-n", "20").ok());

        assertThat(ours.getAsJsonArray()).hasSizeGreaterThan(4);
        assertThat(ours).isEqualTo(theirs);
    }

    @Test
    void gitFindsNoFaultInTheRepository() throws Exception {
        assertThat(project.run("git", "fsck", "--strict").ok()).doesNotContain("error");
    }

    @Test
    void dvcFindsTheWorkspaceAsCairnDoes() throws Exception {
        Shell copy = copyOfProject("status");

        assertThat(JsonParser.parseString(copy.run(cairn, "status", "--json").ok()))
                .isEqualTo(
                        JsonParser.parseString(copy.run(dvc, "status", "--json").ok()));
    }

    @Test
    void dvcAppliesAnExperimentAndGetsTheSameModel() throws Exception {
        Shell theirs = copyOfProject("apply-dvc");
        Shell ours = copyOfProject("apply-cairn");

        for (String name : List.of("first", "larger-batches")) {
            theirs.run(dvc, "exp", "apply", name).ok();
            ours.run(cairn, "exp", "apply", name).ok();

            assertThat(ours.directory().resolve(MODEL))
                    .hasSameBinaryContentAs(theirs.directory().resolve(MODEL));
            assertThat(ours.directory().resolve("params.yaml"))
                    .hasSameBinaryContentAs(theirs.directory().resolve("params.yaml"));
            assertThat(ours.directory().resolve("metrics.json"))
                    .hasSameBinaryContentAs(theirs.directory().resolve("metrics.json"));
        }
    }

    @Test
    void aColleagueWithDvcPullsTheModel() throws Exception {
        Shell clone = cloneOfOrigin("colleague");

        clone.run(dvc, "pull").ok();

        assertThat(Files.size(clone.directory().resolve(MODEL))).isPositive();
        // A checkpoint stage is always changed, for DVC too; nothing else is.
        assertThat(clone.run(dvc, "status").ok()).isEqualTo("train:\n\talways changed\n");
        assertThat(clone.run(cairn, "status").ok()).isEqualTo("train:\n\talways changed\n");
    }

    @Test
    void whatDvcRanIsShownGoneOnWithAndAppliedByCairn() throws Exception {
        Shell clone = cloneOfOrigin("reverse");
        clone.run(dvc, "pull").ok();
        for (String epochs : List.of("1", "2", "1")) {
            clone.run(dvc, "exp", "run", "-S", "train.epochs=" + epochs, "-S", "train.batch_size=64")
                    .ok();
        }

        JsonElement theirs =
                JsonParser.parseString(clone.run(dvc, "exp", "show", "--json").ok());
        assertThat(JsonParser.parseString(
                        clone.run(cairn, "exp", "show", "--json").ok()))
                .isEqualTo(theirs);

        int before = checkpoints(clone).size();
        clone.run(cairn, "exp", "run").ok();
        Map<String, String> models = checkpoints(clone);
        assertThat(models).hasSize(before + 1);

        for (Map.Entry<String, String> checkpoint : models.entrySet()) {
            clone.run(cairn, "exp", "apply", checkpoint.getKey()).ok();
            assertThat(clone.run("md5sum", MODEL).ok()).startsWith(checkpoint.getValue());
        }
        assertThat(clone.run(cairn, "status").ok())
                .isEqualTo(clone.run(dvc, "status").ok());
    }

    @Test
    void withoutJupyterTheOutputsAreOfTheSameKinds() throws Exception {
        Path folder = Files.createDirectories(dir.resolve("headless/project"));
        Path output = folder.resolveSibling("checkpoints.ipynb");
        Path html = folder.resolveSibling("checkpoints.html");

        project.run(
                        cairn,
                        "notebook",
                        "run",
                        install.resolve("../notebooks/checkpoints.ipynb")
                                .normalize()
                                .toString(),
                        "-p",
                        "source=" + install.resolve("../notebooks").normalize(),
                        "--cwd",
                        folder.toString(),
                        "-o",
                        output.toString(),
                        "--html",
                        html.toString())
                .ok();

        assertThat(kindsOf(Notebook.read(output))).isEqualTo(kindsOf(notebook));
        assertThat(html).content().contains("<table", "data:image/");
    }

    private static Map<String, List<String>> kindsOf(Notebook notebook) {
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        int number = 0;
        for (Notebook.Cell cell : notebook.cells()) {
            kinds.put(++number + " " + cell.source().lines().findFirst().orElse(""), cell.kinds());
        }
        return kinds;
    }

    /** Each checkpoint commit of the current baseline, with the MD5 of its model as its lock file has it. */
    private static Map<String, String> checkpoints(Shell shell) throws IOException, InterruptedException {
        Map<String, String> models = new TreeMap<>();
        Pattern model = Pattern.compile("path: " + Pattern.quote(MODEL) + "\\s+md5: (\\w+)");
        for (String commit :
                shell.run("git", "rev-list", "--glob=refs/exps/*", "^HEAD").ok().split("\n", -1)) {
            if (!commit.isEmpty()) {
                Matcher found = model.matcher(
                        shell.run("git", "show", commit + ":dvc.lock").ok());
                String md5 = "";
                while (found.find()) {
                    md5 = found.group(1);
                }
                models.put(commit, md5);
            }
        }
        return models;
    }

    private Shell copyOfProject(String name) throws Exception {
        Path copy = dir.resolve(name).resolve("project");
        Files.createDirectories(copy.getParent());
        project.run("cp", "-a", project.directory().toString(), copy.toString()).ok();
        return project.in(copy);
    }

    /** A clone beside the project's remotes, which its configuration names by relative paths. */
    private Shell cloneOfOrigin(String name) throws Exception {
        Path folder = Files.createDirectories(dir.resolve(name));
        project.run(
                        "cp",
                        "-a",
                        results.resolve("origin.git").toString(),
                        results.resolve("storage").toString(),
                        folder.toString())
                .ok();
        project.in(folder)
                .run("git", "clone", "-q", "-b", "main", "origin.git", "project")
                .ok();
        return project.in(folder.resolve("project"));
    }
}

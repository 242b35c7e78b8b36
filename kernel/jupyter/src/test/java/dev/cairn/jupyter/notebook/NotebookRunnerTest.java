package dev.cairn.jupyter.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.cairn.jupyter.output.CellError;
import dev.cairn.jupyter.session.SessionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class NotebookRunnerTest {
    @TempDir
    static Path directory;

    private final List<String> heard = new ArrayList<>();

    @Test
    void cellsRunInOrderAndTheirOutputsAreKept() {
        NotebookRun run = run(
                RunOptions.DEFAULT,
                code("int a = 2;\nSystem.out.print(\"x\"); System.err.print(\"e\"); System.out.print(\"y\");"),
                code("a + 1"),
                code("System.out.print(\"10%\\r\"); System.out.print(\"50%\\r\"); System.out.println(\"100%\");"));

        assertThat(run.failure()).isEmpty();
        List<NotebookCell> cells = run.notebook().cells();
        assertThat(cells.get(0).outputs())
                .extracting(NotebookRunnerTest::summary)
                .containsExactly("stdout:xy", "stderr:e");
        assertThat(cells.get(1).outputs())
                .extracting(NotebookRunnerTest::summary)
                .containsExactly("execute_result:3");
        assertThat(cells.get(1).executionCount()).isEqualTo("2");
        assertThat(cells.get(2).outputs())
                .extracting(NotebookRunnerTest::summary)
                .containsExactly("stdout:100%\n");
        assertThat(run.notebook()
                        .metadata()
                        .getAsJsonObject("language_info")
                        .get("name")
                        .getAsString())
                .isEqualTo("java");
        assertThat(heard).containsExactly("start 1/3", "end 1/3", "start 2/3", "end 2/3", "start 3/3", "end 3/3");
    }

    @Test
    void firstErrorEndsTheRunUnlessItIsExpected() {
        NotebookRun run = run(
                RunOptions.DEFAULT,
                NotebookCell.code("a", "throw new IllegalStateException(\"on purpose\");", List.of("raises-exception")),
                code("throw new IllegalStateException(\"defect\");"),
                code("1"));

        assertThat(run.failedCell()).isEqualTo(1);
        assertThat(run.failure().orElseThrow().message()).isEqualTo("defect");
        assertThat(run.notebook().cells().get(0).outputs())
                .extracting(NotebookRunnerTest::summary)
                .containsExactly("error:on purpose");
        assertThat(run.notebook().cells().get(2).outputs()).isEmpty();
        assertThat(run.notebook().cells().get(2).executionCount()).isEmpty();
    }

    @Test
    void displaysAreUpdatedWhereTheyWereShown() {
        NotebookRun run = run(
                RunOptions.DEFAULT,
                code("var progress = display(\"begun\");"),
                code("progress.update(\"done\"); System.out.print(1); clearOutput(true); System.out.print(2);"));

        assertThat(run.notebook().cells().get(0).outputs())
                .extracting(NotebookRunnerTest::summary)
                .containsExactly("display_data:done");
        assertThat(run.notebook().cells().get(1).outputs())
                .extracting(NotebookRunnerTest::summary)
                .containsExactly("stdout:2");
    }

    @Test
    void cellThatTakesTooLongIsEnded() {
        NotebookRun run =
                run(new RunOptions(Map.of(), Duration.ofMillis(500), false), code("while (true) {}"), code("1"));

        assertThat(run.failedCell()).isZero();
        assertThat(run.failure().orElseThrow().name()).isEqualTo("CellTimeout");
    }

    @Test
    void parametersComeAfterTheirDefaults() {
        NotebookCell defaults = NotebookCell.code(
                "p",
                "int epochs = 1;\nString name = \"a\";\ndouble rate = .5;\nfloat part = 1;",
                List.of("parameters"));
        Map<String, String> values =
                Map.of("epochs", "7", "name", "12", "rate", "1e-3", "part", "2", "extra", "a \"b\"");

        NotebookRun run =
                run(new RunOptions(values, null, false), defaults, code("epochs + name + rate + part + extra"));

        List<NotebookCell> cells = run.notebook().cells();
        assertThat(cells.get(1).tags()).containsExactly("injected-parameters");
        assertThat(cells.get(2).outputs())
                .extracting(NotebookRunnerTest::summary)
                .containsExactly("execute_result:7120.0012.0a \"b\"");
        assertThat(run(new RunOptions(Map.of("epochs", "8"), null, false), cells.toArray(NotebookCell[]::new))
                        .notebook()
                        .cells())
                .hasSameSizeAs(cells);
    }

    @Test
    void parameterMustBeAName() {
        assertThatThrownBy(() -> run(new RunOptions(Map.of("a b", "1"), null, false), code("1")))
                .isInstanceOf(NotebookException.class)
                .hasMessageContaining("'a b'");
    }

    private NotebookRun run(RunOptions options, NotebookCell... cells) {
        var settings = SessionSettings.ofProcess(directory, Map.of());
        var notebook = new Notebook(List.of(cells), new JsonObject(), 5);
        return new NotebookRunner(settings, new Ear()).run(notebook, options);
    }

    private static NotebookCell code(String source) {
        return NotebookCell.code("c", source, List.of());
    }

    private static String summary(JsonObject output) {
        String type = output.get("output_type").getAsString();
        return switch (type) {
            case "stream" -> output.get("name").getAsString() + ":"
                    + output.get("text").getAsString();
            case "error" -> "error:" + output.get("evalue").getAsString();
            default -> type + ":"
                    + output.getAsJsonObject("data").get("text/plain").getAsString();
        };
    }

    private final class Ear implements RunListener {
        @Override
        public void cellStarted(int number, int total, NotebookCell cell) {
            heard.add("start " + number + "/" + total);
        }

        @Override
        public void cellFinished(int number, int total, Duration duration, @Nullable CellError error) {
            heard.add("end " + number + "/" + total);
        }
    }
}

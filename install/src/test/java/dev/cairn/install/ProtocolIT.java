package dev.cairn.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The installed kernel's process, asked by Jupyter's own client: jupyter_kernel_test's whole suite, and our tests of what it
 * leaves out.
 */
class ProtocolIT {
    private static final Built BUILT = Built.fromSystemProperties();
    private static final Path SCRIPT = Path.of("src/test/protocol/run.py").toAbsolutePath();

    @TempDir
    static Path dir;

    /** One test of the script's report. */
    private record Row(String name, boolean passed, boolean skipped, String problem) {
        DynamicTest toTest() {
            return dynamicTest(name, () -> {
                if (!passed || skipped) {
                    fail(problem);
                }
            });
        }
    }

    @BeforeAll
    static void installTheKernel() throws IOException, InterruptedException {
        Process install = new ProcessBuilder(
                        BUILT.cairn().toString(), "kernel", "install", "--no-archive", "--prefix", dir.toString())
                .inheritIO()
                .start();
        assertThat(install.waitFor()).isZero();
    }

    @TestFactory
    Stream<DynamicTest> passesTheSuiteOfJupyter() throws IOException, InterruptedException {
        List<Row> rows = run("suite");

        assertThat(rows).hasSize(12);
        return rows.stream().map(Row::toTest);
    }

    @TestFactory
    Stream<DynamicTest> keepsItsPromisesOnTheWire() throws IOException, InterruptedException {
        return run("protocol").stream().map(Row::toTest);
    }

    @TestFactory
    Stream<DynamicTest> servesWhatUsersDoAllDay() throws IOException, InterruptedException {
        return run("everyday").stream().map(Row::toTest);
    }

    @TestFactory
    Stream<DynamicTest> keepsTheCheckpointsOfALoop() throws IOException, InterruptedException {
        return run("checkpoint").stream().map(Row::toTest);
    }

    private static List<Row> run(String group) throws IOException, InterruptedException {
        Path report = dir.resolve(group + ".json");
        var builder = new ProcessBuilder(BUILT.jupyterPython().toString(), SCRIPT.toString(), report.toString(), group)
                .redirectErrorStream(true);
        builder.environment().put("JUPYTER_PATH", dir.resolve("share/jupyter").toString());
        builder.environment().put("CAIRN_HISTORY", "off");
        builder.environment().put("DVC", BUILT.dvc().toString());
        Process tests = builder.start();
        // Through this process: the streams themselves belong to the build.
        try (var lines = tests.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(System.out::println);
        }
        tests.waitFor();
        return new Gson().fromJson(Files.readString(report), new TypeToken<List<Row>>() {}.getType());
    }
}

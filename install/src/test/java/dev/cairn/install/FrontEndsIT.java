package dev.cairn.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wheel in a fresh Python environment, and every front end on the kernel that it brings. */
class FrontEndsIT {
    private static final Built BUILT = Built.fromSystemProperties();
    private static final Path SCRIPTS = Path.of("src/test/frontends").toAbsolutePath();
    private static final Path BUILD_WHEEL = Path.of("python/build-wheel").toAbsolutePath();

    @TempDir
    static Path shared;

    private static Path wheel;
    private static Path environment;

    @TempDir
    Path dir;

    @BeforeAll
    static void installTheWheel() throws Exception {
        environment = shared.resolve("environment");
        Commands commands = new Commands(shared, Map.of());
        wheel = buildWheel(commands, shared);
        commands.run(BUILT.jupyterPython(), "-m", "venv", "--without-pip", environment);
        // Jupyter itself comes from the environment that the build has made: installing it again would take a minute.
        String place = "import sysconfig; print(sysconfig.get_path('purelib'))";
        Path packages = Path.of(commands.run(BUILT.jupyterPython(), "-c", place).strip());
        Path own = Path.of(commands.run(python(), "-c", place).strip());
        Files.writeString(own.resolve("jupyter.pth"), packages + "\n");
        commands.run(
                BUILT.jupyterPython(),
                "-m",
                "pip",
                "--python",
                python(),
                "install",
                "-q",
                "--no-deps",
                "--no-index",
                wheel);
        commands.run(python(), SCRIPTS.resolve("frontends.py"), "first-start");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nbconvert", "console", "papermill", "notebook", "lab"})
    void runsANotebook(String frontEnd) throws Exception {
        Map<String, String> templates = Map.of(
                "JUPYTER_PATH",
                BUILT.jupyterEnvironment().resolve("share/jupyter").toString());

        new Commands(dir, templates).run(python(), SCRIPTS.resolve("frontends.py"), frontEnd);
    }

    @Test
    void theWheelBringsTheCommand() throws Exception {
        String version = new Commands(dir, Map.of()).run(environment.resolve("bin/cairn"), "--version");

        assertThat(version).startsWith("cairn 0.").contains("DVC 2.58.2");
    }

    @Test
    void theSameDistributionGivesTheSameWheel() throws Exception {
        assertThat(buildWheel(new Commands(dir, Map.of()), dir)).hasSameBinaryContentAs(wheel);
    }

    private static Path buildWheel(Commands commands, Path output) throws IOException, InterruptedException {
        String built = commands.run(
                BUILT.jupyterPython(), BUILD_WHEEL, "--distribution", BUILT.distribution(), "--output", output);
        return Path.of(built.strip());
    }

    private static Path python() {
        return environment.resolve("bin/python");
    }
}

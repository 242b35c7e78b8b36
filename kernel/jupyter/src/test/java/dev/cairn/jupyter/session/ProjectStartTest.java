package dev.cairn.jupyter.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ProjectStartTest {
    @TempDir
    Path root;

    private Path notebooks;

    @BeforeEach
    void makeProject() throws IOException {
        notebooks = Files.createDirectories(root.resolve("notebooks"));
        Files.createDirectories(root.resolve(".cairn"));
        Files.createDirectories(root.resolve("data here"));
        Files.writeString(root.resolve("setup.jshell"), "int answer = 42;\n%env FROM_SETUP=yes\n");
    }

    private KernelSession session;

    @AfterEach
    void endSession() {
        session.close();
    }

    @Test
    void settingsOfTheProjectHoldFromTheFirstCellOn() throws IOException {
        Files.writeString(
                root.resolve(".cairn/kernel.properties"),
                "classpath = data*\nimports = java.time.*, static java.lang.Math.max\nstartup = setup.jshell\n");
        start(Map.of());

        RecordingSink sink = run("max(answer, 1) + \" \" + Duration.ZERO");

        assertThat(sink.errors).isEmpty();
        assertThat(sink.results.get(0).text()).contains("42 PT0S");
        assertThat(run("%env FROM_SETUP").results.get(0).text()).contains("yes");
        assertThat(run("%classpath").results.get(0).text().orElse("")).contains("data here");
    }

    @Test
    void environmentSaysTheSame() {
        start(Map.of(
                "CAIRN_IMPORTS",
                "java.time.*",
                "CAIRN_STARTUP",
                root.resolve("setup.jshell").toString()));

        assertThat(run("answer + Duration.ZERO.toString()").results.get(0).text())
                .contains("42PT0S");
    }

    @Test
    void failureIsToldOnceWithWhereItComesFrom() throws IOException {
        Files.writeString(root.resolve(".cairn/kernel.properties"), "startup = missing.jshell\n");
        start(Map.of());

        assertThat(run("1").errors.get(0).message()).contains("missing.jshell");
        assertThat(run("1").errors).isEmpty();
    }

    @Test
    void settingThatFailsIsNamed() throws IOException {
        Files.writeString(root.resolve(".cairn/kernel.properties"), "imports = no.such.thing.*\n");
        start(Map.of());

        RecordingSink sink = run("1");

        assertThat(sink.errors).hasSize(1);
        assertThat(sink.err()).contains("project's settings", "imports");
    }

    @ParameterizedTest
    @ValueSource(strings = {"300ms", "1"})
    void cellThatTakesLongerThanTheLimitIsInterrupted(String limit) throws IOException {
        Files.writeString(root.resolve(".cairn/kernel.properties"), "timeout = " + limit + "\n");
        start(Map.of());

        RecordingSink sink = run("Thread.sleep(100_000);");

        assertThat(sink.errors.get(0).name()).isEqualTo("Interrupted");
        assertThat(sink.err()).contains("time limit");
        assertThat(run("1 + 1").results.get(0).text()).contains("2");
    }

    private void start(Map<String, String> environment) {
        session = new KernelSession(SessionSettings.ofProcess(notebooks, environment));
    }

    private RecordingSink run(String code) {
        var sink = new RecordingSink();
        session.execute(ExecuteRequest.of(code), sink);
        return sink;
    }
}

package dev.cairn.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelProgramTest {
    @TempDir
    Path dir;

    private Distribution distribution;

    @BeforeEach
    void layOutADistribution() throws IOException {
        distribution = new Distribution(dir.resolve("cairn"));
        Files.createDirectories(distribution.jar().getParent());
        Files.createFile(distribution.jar());
        Files.createDirectories(distribution.kernelResources());
        Files.writeString(distribution.kernelResources().resolve("logo-svg.svg"), "<svg/>");
    }

    @Test
    void installWritesAKernelThatStartsTheJvmDirectly() throws Exception {
        CapturedInvocation captured = run("install", "--no-archive", "--prefix", "env");

        Path folder = dir.resolve("env/share/jupyter/kernels/cairn-java");
        assertThat(captured.err()).isEmpty();
        assertThat(captured.out()).contains("Java (Cairn)").contains(folder.toString());
        assertThat(folder.resolve("logo-svg.svg")).hasContent("<svg/>");
        JsonObject spec = specification(folder);
        assertThat(spec.get("display_name").getAsString()).isEqualTo("Java (Cairn)");
        assertThat(spec.get("language").getAsString()).isEqualTo("java");
        assertThat(spec.get("interrupt_mode").getAsString()).isEqualTo("message");
        assertThat(spec.getAsJsonObject("metadata").get("debugger").getAsBoolean())
                .isFalse();
        assertThat(words(spec))
                .startsWith(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .endsWith("-cp", distribution.jar().toString(), KernelSpecification.MAIN_CLASS, "{connection_file}");
    }

    @Test
    void theKernelGetsAUtf8LocaleSoThatItCanOpenEveryFile() {
        assertThat(KernelSpecification.localeOf(Map.of("LANG", "de_DE.UTF-8")))
                .containsExactly(entry("LC_CTYPE", "de_DE.UTF-8"));
        assertThat(KernelSpecification.localeOf(Map.of("LANG", "C", "LC_ALL", "C.utf8")))
                .containsExactly(entry("LC_CTYPE", "C.utf8"));
        assertThat(KernelSpecification.localeOf(Map.of("LANG", "de_DE.UTF-8", "LC_CTYPE", "POSIX")))
                .isEmpty();
        assertThat(KernelSpecification.localeOf(Map.of())).isEmpty();
    }

    @Test
    void nameDisplayNameAndJvmOptionsCanBeChosen() throws Exception {
        run(
                "install",
                "--no-archive",
                "--prefix",
                "env",
                "--name",
                "big",
                "--display-name",
                "Java \"big\"",
                "--jvm-option=-Xmx4g");

        JsonObject spec = specification(dir.resolve("env/share/jupyter/kernels/big"));
        assertThat(spec.get("display_name").getAsString()).isEqualTo("Java \"big\"");
        assertThat(words(spec)).contains("-Xmx4g");
    }

    @Test
    void variablesOfTheEnvironmentCanBeGiven() throws Exception {
        run("install", "--no-archive", "--prefix", "env", "--env", "DATA=/data", "--env", "OPTIONS=a=b c");

        JsonObject spec = specification(dir.resolve("env/share/jupyter/kernels/cairn-java"));
        assertThat(spec.getAsJsonObject("env").get("DATA").getAsString()).isEqualTo("/data");
        assertThat(spec.getAsJsonObject("env").get("OPTIONS").getAsString()).isEqualTo("a=b c");
    }

    @Test
    void theHeapIsBoundedByTheMachinesMemoryUnlessSaidOtherwise() throws Exception {
        run("install", "--no-archive", "--prefix", "env", "--jvm-option=-Xmx1g");

        assertThat(words(specification(dir.resolve("env/share/jupyter/kernels/cairn-java"))))
                .containsSubsequence("-XX:MaxRAMPercentage=50", "-Xmx1g");
    }

    @Test
    void anInstallationReplacesAnEarlierOne() throws Exception {
        run("install", "--no-archive", "--prefix", "env", "--display-name", "Old");

        run("install", "--no-archive", "--prefix", "env", "--display-name", "New");

        JsonObject spec = specification(dir.resolve("env/share/jupyter/kernels/cairn-java"));
        assertThat(spec.get("display_name").getAsString()).isEqualTo("New");
    }

    @Test
    void anotherProgramsKernelIsNotReplaced() throws IOException {
        Path other = dir.resolve("env/share/jupyter/kernels/java");
        Files.createDirectories(other);
        Files.writeString(other.resolve("kernel.json"), "{\"argv\": [\"java\"], \"display_name\": \"Java\"}");

        CapturedInvocation captured = run("install", "--no-archive", "--prefix", "env", "--name", "java");

        assertThat(captured.err()).contains("another program's kernel").contains("--name");
        assertThat(other.resolve("kernel.json")).content().contains("\"argv\": [\"java\"]");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsRefusedBeforeAnythingIsMade() throws IOException {
        Files.createFile(dir.resolve("file"));

        CapturedInvocation captured = run("install", "--prefix", "file");

        assertThat(captured.err())
                .contains("cannot be installed in")
                .contains(dir.resolve("file") + " is no folder")
                .contains("Hint: Choose another place");
        assertThat(dir.resolve("cairn/archive")).doesNotExist();
    }

    @Test
    void withoutAPlaceTheKernelIsInstalledForTheUser() {
        CapturedInvocation captured = run("install", "--no-archive");

        assertThat(captured.out())
                .contains(dir.resolve("data/jupyter/kernels/cairn-java").toString());
    }

    @Test
    void theActiveEnvironmentIsThatOfTheShell() {
        CapturedInvocation captured = run("install", "--no-archive", "--sys-prefix");

        assertThat(captured.out())
                .contains(dir.resolve("venv/share/jupyter/kernels/cairn-java").toString());
    }

    @Test
    void uninstallRemovesWhatInstallWrote() {
        run("install", "--no-archive", "--prefix", "env");

        CapturedInvocation captured = run("uninstall", "--prefix", "env");

        assertThat(captured.err()).isEmpty();
        assertThat(dir.resolve("env/share/jupyter/kernels")).isEmptyDirectory();
    }

    @Test
    void installTakesAwayTooWhenAsked() {
        run("install", "--no-archive", "--prefix", "env");

        CapturedInvocation captured = run("install", "--uninstall", "--prefix", "env");

        assertThat(captured.err()).isEmpty();
        assertThat(captured.out()).startsWith("Removed the kernel");
        assertThat(dir.resolve("env/share/jupyter/kernels")).isEmptyDirectory();
    }

    @Test
    void uninstallLeavesAnotherProgramsKernelAlone() throws IOException {
        Path other = dir.resolve("env/share/jupyter/kernels/python3");
        Files.createDirectories(other);
        Files.writeString(other.resolve("kernel.json"), "{\"argv\": [\"python\"], \"display_name\": \"Python\"}");

        CapturedInvocation captured = run("uninstall", "--prefix", "env", "--name", "python3");

        assertThat(captured.err())
                .contains("no kernel of Cairn's is called 'python3'")
                .contains("Hint:");
        assertThat(other.resolve("kernel.json")).exists();
    }

    @Test
    void listShowsOnlyCairnsKernels() throws IOException {
        run("install", "--no-archive", "--prefix", "env", "--name", "a");
        run("install", "--no-archive", "--prefix", "env", "--name", "b", "--display-name", "Big");
        Path broken = dir.resolve("env/share/jupyter/kernels/broken");
        Files.createDirectories(broken);
        Files.writeString(broken.resolve("kernel.json"), "{");

        CapturedInvocation captured = run("list", "--prefix", "env");

        assertThat(captured.out().lines()).hasSize(2).anyMatch(line -> line.startsWith("b\tBig\t"));
    }

    @Test
    void aNameThatIsNoFolderNameIsRefused() {
        CapturedInvocation captured = run("install", "--no-archive", "--prefix", "env", "--name", "../x");

        assertThat(captured.err()).contains("'../x' cannot be a kernel's name");
        assertThat(dir.resolve("env")).doesNotExist();
    }

    @Test
    void aFolderWithoutJavaIsRefused() {
        CapturedInvocation captured = run("install", "--no-archive", "--prefix", "env", "--java", "nowhere");

        assertThat(captured.err()).contains("no Java 17 or later in " + dir.resolve("nowhere"));
        assertThat(dir.resolve("env")).doesNotExist();
    }

    private CapturedInvocation run(String... arguments) {
        CapturedInvocation captured = CapturedInvocation.in(
                dir,
                Map.of(
                        "HOME", dir.toString(),
                        "XDG_DATA_HOME", dir.resolve("data").toString(),
                        "VIRTUAL_ENV", dir.resolve("venv").toString()));
        new KernelProgram(distribution).run(List.of(arguments), captured.invocation());
        return captured;
    }

    private static JsonObject specification(Path folder) throws IOException {
        return JsonParser.parseString(Files.readString(folder.resolve("kernel.json")))
                .getAsJsonObject();
    }

    private static List<String> words(JsonObject specification) {
        List<String> words = new ArrayList<>();
        specification.getAsJsonArray("argv").forEach(word -> words.add(word.getAsString()));
        return words;
    }
}

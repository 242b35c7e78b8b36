package dev.cairn.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built distribution as a user meets it: a folder that may be anywhere, with one command. */
class DistributionIT {
    private final Built built = Built.fromSystemProperties();

    @TempDir
    Path dir;

    private record Output(int status, String out, String err) {}

    @Test
    void saysItsVersion() throws Exception {
        Output output = run(List.of(built.cairn().toString(), "--version"), "");

        assertThat(output.status()).isZero();
        assertThat(output.out()).startsWith("cairn 0.").contains("DVC 2.58.2");
        assertThat(output.err()).isEmpty();
    }

    @Test
    void runsFromAnotherPlaceAndThroughSymbolicLinks() throws Exception {
        Path moved = dir.resolve("a place/cairn");
        copy(built.distribution(), moved);
        Path link = Files.createSymbolicLink(dir.resolve("link"), Path.of("a place/cairn/bin/cairn"));
        Path onPath = Files.createDirectories(dir.resolve("bin")).resolve("cairn");
        Files.createSymbolicLink(onPath, link);

        Output output = run(List.of(onPath.toString(), "--version"), "");

        assertThat(output).isEqualTo(run(List.of(built.cairn().toString(), "--version"), ""));
    }

    @Test
    void aKernelInstalledFromAMovedDistributionNamesTheNewPlaceOnly() throws Exception {
        Path moved = dir.resolve("moved");
        copy(built.distribution(), moved);

        Output output = run(
                List.of(
                        moved.resolve("bin/cairn").toString(),
                        "kernel",
                        "install",
                        "--no-archive",
                        "--prefix",
                        dir.resolve("env").toString()),
                "");

        assertThat(output.status()).as(output.err()).isZero();
        Path folder = dir.resolve("env/share/jupyter/kernels/cairn-java");
        String specification = Files.readString(folder.resolve("kernel.json"));
        assertThat(specification)
                .contains(moved.toString())
                .doesNotContain(built.distribution().toString());
        assertThat(folder)
                .isDirectoryContaining("glob:**logo-32x32.png")
                .isDirectoryContaining("glob:**logo-64x64.png");
        List<String> words = new ArrayList<>();
        for (JsonElement word :
                JsonParser.parseString(specification).getAsJsonObject().getAsJsonArray("argv")) {
            words.add(word.getAsString());
        }
        assertThat(Path.of(words.get(0))).isExecutable();
    }

    @Test
    void noFileOfTheDistributionHoldsThePlaceWhereItWasBuilt() throws Exception {
        byte[] place = built.distribution().getParent().getParent().toString().getBytes(StandardCharsets.UTF_8);

        assertThat(filesOf(built.distribution())).isNotEmpty().allSatisfy(file -> assertThat(
                        contains(Files.readAllBytes(file), place))
                .as(file.toString())
                .isFalse());
    }

    @Test
    void resolverIsThereButNotOnTheClassPath() throws Exception {
        Path lib = built.distribution().resolve("lib");
        String classPath;
        try (var jar = new JarFile(lib.resolve("cairn.jar").toFile())) {
            classPath = jar.getManifest().getMainAttributes().getValue("Class-Path");
        }

        assertThat(classPath).contains("cairn-jupyter").doesNotContain("maven", "httpclient");
        assertThat(filesOf(lib.resolve("maven")))
                .extracting(file -> file.getFileName().toString())
                .anyMatch(name -> name.startsWith("cairn-maven-"))
                .anyMatch(name -> name.startsWith("maven-resolver-api-"))
                .noneMatch(name -> name.startsWith("cairn-jupyter-") || name.startsWith("gson-"));
    }

    @Test
    void noJarIsSigned() throws Exception {
        for (Path jar : filesOf(built.distribution().resolve("lib"))) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                assertThat(zip.stream().map(ZipEntry::getName))
                        .as(jar.toString())
                        .noneMatch(name -> name.matches("META-INF/.*\\.(SF|RSA|DSA|EC)"));
            }
        }
    }

    @Test
    void aSessionRunsOneCommandALine() throws Exception {
        Output output = run(List.of(built.cairn().toString(), "session"), "--version\nno-such-command\n'--version'\n");

        assertThat(output.status()).isZero();
        assertThat(output.out().lines().filter(line -> line.startsWith("done ")))
                .hasSize(3)
                .allMatch(line -> line.matches("done \\d+ \\d+\\.\\d{6}"))
                .satisfies(lines -> assertThat(lines.get(0)).startsWith("done 0 "))
                .satisfies(lines -> assertThat(lines.get(1)).doesNotStartWith("done 0 "));
    }

    @Test
    void inTheCLocaleItOpensFilesWithAnyName() throws Exception {
        Map<String, String> plain = Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", "");
        // The shell makes the names, for this JVM may be in the C locale too.
        String name = "\"$(printf 'd\\303\\251j\\303\\240.txt')\"";
        assertThat(run(List.of("sh", "-c", "git init -q; echo 1 > " + name), "", plain)
                        .status())
                .isZero();
        String session = "init -q\nadd 'd\u00e9j\u00e0.txt'\n";

        for (Map<String, String> locale : List.of(plain, Map.of("LC_ALL", "C"))) {
            Output output = run(List.of(built.cairn().toString(), "session"), session, locale);

            assertThat(output.out()).as(output.err()).contains("done 0 ");
            assertThat(output.err()).doesNotContain("character set");
        }

        assertThat(run(List.of("sh", "-c", "test -f " + name + ".dvc"), "", plain)
                        .status())
                .isZero();
    }

    @Test
    void withoutJavaItSaysWhatToInstall() throws Exception {
        Path tools = Files.createDirectories(dir.resolve("tools"));
        Path readlink =
                Files.writeString(tools.resolve("readlink"), "#!/bin/sh\nexec " + onPath("readlink") + " \"$@\"\n");
        assertThat(readlink.toFile().setExecutable(true)).isTrue();

        Output output = run(
                List.of(built.cairn().toString(), "--version"), "", Map.of("PATH", tools.toString(), "JAVA_HOME", ""));

        assertThat(output.status()).isNotZero();
        assertThat(output.err()).contains("there is no Java").contains("Install a JDK 17 or later");
    }

    @Test
    void withAnOldJavaItSaysWhichOneAndWhatIsNeeded() throws Exception {
        Path java = Files.createDirectories(dir.resolve("old/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexit 1\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(dir.resolve("old/release"), "JAVA_VERSION=\"11.0.22\"\n");

        Output output = run(
                List.of(built.cairn().toString(), "--version"),
                "",
                Map.of("JAVA_HOME", dir.resolve("old").toString()));

        assertThat(output.status()).isNotZero();
        assertThat(output.err()).contains("Java 11.0.22").contains("needs 17 or later");
    }

    @Test
    void aClassArchiveThatDoesNotFitIsNoObstacle() throws Exception {
        Path moved = dir.resolve("moved");
        copy(built.distribution(), moved);
        Path archive = moved.resolve("archive/java-" + System.getProperty("java.version") + ".jsa");
        Files.createDirectories(archive.getParent());

        Files.write(archive, new byte[] {1, 2, 3});
        Output output = run(List.of(moved.resolve("bin/cairn").toString(), "--version"), "");

        assertThat(output.status()).isZero();
        assertThat(output.out().lines()).hasSize(1);
        assertThat(output.err()).isEmpty();
    }

    @Test
    void anInterruptEndsItByTheSignalItself() throws Exception {
        // A JVM cannot tell a process that died by a signal from one that exits with 130; Python can.
        String script =
                """
                import signal, subprocess, sys
                signal.signal(signal.SIGINT, signal.SIG_DFL)  # a build in the background ignores it, and so would the session
                session = subprocess.Popen([sys.argv[1], "session"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
                session.stdin.write(b"--version\\n")
                session.stdin.flush()
                while not session.stdout.readline().startswith(b"done "):
                    pass
                session.send_signal(signal.SIGINT)
                print(session.wait() == -signal.SIGINT)
                """;

        Output output = run(
                List.of(
                        built.dvcPython().toString(),
                        "-c",
                        script,
                        built.cairn().toString()),
                "");

        assertThat(output.out()).as(output.err()).isEqualToIgnoringNewLines("True");
    }

    private Output run(List<String> command, String input) throws Exception {
        return run(command, input, Map.of());
    }

    private Output run(List<String> command, String input, Map<String, String> environment) throws Exception {
        Path out = Files.createTempFile(dir, "out", "");
        Path err = Files.createTempFile(dir, "err", "");
        Path in = Files.writeString(Files.createTempFile(dir, "in", ""), input);
        Process process = builder(command, environment)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(command + " did not end; it said: " + Files.readString(err));
        }
        return new Output(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private ProcessBuilder builder(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(new HashMap<>(environment));
        return builder;
    }

    private static Path onPath(String tool) {
        return Stream.of("/bin", "/usr/bin")
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".jsa"))
                    .toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : filesOf(from)) {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.contains(new String(part, StandardCharsets.ISO_8859_1));
    }
}

package dev.cairn.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A project with one stage that makes three checkpoints, and a user at work in it: something is staged, something edited, something not
 * yet known to Git. Every commit's model and metrics tell their step, so that it shows whether they belong together.
 */
final class CrashProject {
    private static final Pattern CHECKPOINT = Pattern.compile("Checkpoint experiment iteration '([0-9a-f]{7})'");
    private static final Pattern TEMPORARY = Pattern.compile("\\..*\\.tmp|\\._.*");

    private static final String TRAIN =
            """
            echo $$ >> "$CRASH_PIDS"
            step=0
            [ ! -e model.bin ] || step=$(sed 's/step //' model.bin)
            for i in 1 2 3; do
              step=$((step + 1))
              echo "step $step" > model.bin
              echo "{\\"step\\": $step}" > metrics.json
              touch "$DVC_ROOT/.dvc/tmp/DVC_CHECKPOINT"
              while [ -e "$DVC_ROOT/.dvc/tmp/DVC_CHECKPOINT" ]; do sleep 0.01; done
            done
            """;

    private static final String PIPELINE =
            """
            stages:
              train:
                cmd: sh train.sh
                deps:
                - train.sh
                params:
                - lr
                outs:
                - model.bin:
                    checkpoint: true
                metrics:
                - metrics.json:
                    cache: false
            """;

    private final Path base;
    private final Path root;
    private final Path cairn;

    private CrashProject(Path base, Path cairn) {
        this.base = base;
        this.root = base.resolve("project");
        this.cairn = cairn;
    }

    /** Makes one, with an experiment {@code first} in it, a Git remote {@code origin} and a storage beside it. */
    static CrashProject make(Path base, Path cairn) throws Exception {
        CrashProject project = new CrashProject(base, cairn);
        Files.createDirectories(project.root);
        project.sh(
                "git init -q -b main . && git config user.name A && git config user.email a@example.com"
                        + " && git config gc.auto 0 && git init -q --bare -b main ../origin && git remote add origin ../origin");
        project.cairn("init", "-q");
        project.cairn("remote", "add", "-d", "storage", "../storage");
        project.write("train.sh", TRAIN);
        project.write("dvc.yaml", PIPELINE);
        project.write("params.yaml", "lr: 0.1\n");
        project.write("notes.txt", "committed\n");
        project.write(".gitignore", "/model.bin\n");
        project.sh("git add . && git commit -q -m pipeline && git push -q origin main");
        project.cairn("exp", "run", "-q", "-n", "first");
        project.write("notes.txt", "edited\n");
        project.write("staged.txt", "staged\n");
        project.sh("git add staged.txt");
        project.write("staged.txt", "staged\nand edited\n");
        project.write("unknown.txt", "unknown\n");
        return project;
    }

    /** The same in another place. */
    CrashProject copyTo(Path other) throws Exception {
        Files.createDirectories(other);
        assertThat(new ProcessBuilder("cp", "-a", base + "/.", other.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        return new CrashProject(other, cairn);
    }

    void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }

    /** Starts this command. */
    FileOperations.Launcher starting(List<String> arguments) {
        return options -> start(options, arguments);
    }

    void delete() throws Exception {
        sh(base.getParent(), "rm -rf " + base.getFileName());
    }

    /** Starts the command; what it prints is kept. */
    Process start(String jvmOptions, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(cairn.toString()));
        command.addAll(arguments);
        return start(command, Map.of("CAIRN_JAVA_OPTIONS", jvmOptions), base.resolve("printed"));
    }

    /** Starts any command in the project. */
    Process start(List<String> command, Map<String, String> environment, Path printed) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("CRASH_PIDS", pids().toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Runs a command of Cairn, which must end well, and gives what it printed. */
    String cairn(String... arguments) {
        Map<String, String> environment = new LinkedHashMap<>(System.getenv());
        environment.put("CRASH_PIDS", pids().toString());
        CapturedInvocation captured = CapturedInvocation.in(root, environment);
        try (DvcProgram program = new DvcProgram(false)) {
            int status = program.run(Arrays.asList(arguments), captured.invocation());
            assertThat(status)
                    .as(String.join(" ", arguments) + ": " + captured.out() + captured.err())
                    .isZero();
        }
        return captured.out() + captured.err();
    }

    String sh(String command) throws Exception {
        return sh(root, command);
    }

    private static String sh(Path directory, String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command + ": " + output).isZero();
        return output.strip();
    }

    // ---- what must hold

    /** Git finds nothing wrong in the repositories. */
    void requireSound() throws Exception {
        for (Path repository : List.of(root, base.resolve("origin"))) {
            assertThat(sh(repository, "git fsck --strict --no-dangling --no-progress"))
                    .isEmpty();
        }
    }

    /** HEAD, index and the files that have nothing to do with experiments, as the user left them. */
    Map<String, String> belongings() throws Exception {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("HEAD", sh("cat .git/HEAD && git rev-parse HEAD && git for-each-ref refs/heads refs/tags refs/stash"));
        all.put("index", sh("git ls-files -s"));
        for (String file : List.of("notes.txt", "staged.txt", "unknown.txt")) {
            all.put(file, read(file));
        }
        return all;
    }

    /** The file's text, empty when there is none. */
    String read(String file) throws IOException {
        return Files.exists(root.resolve(file)) ? Files.readString(root.resolve(file)) : "";
    }

    /** The checkpoints that the killed command has told of. */
    List<String> acknowledged() throws IOException {
        return CHECKPOINT
                .matcher(Files.readString(base.resolve("printed")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    /** Model and metrics of a commit are there and of the same step. */
    void requireWhole(String revision) throws Exception {
        String lock = sh("git show " + revision + ":dvc.lock");
        String hash = lock.replaceFirst("(?s).*path: model.bin\\s+md5: ([0-9a-f]{32}).*", "$1");
        Path model = root.resolve(".dvc/cache/" + hash.substring(0, 2) + "/" + hash.substring(2));
        assertThat(model).as("model of " + revision).exists();
        assertThat(md5(model)).isEqualTo(hash);
        assertThat(Files.readString(model).strip())
                .as("model of " + revision)
                .isEqualTo("step " + step(sh("git show " + revision + ":metrics.json")));
    }

    /** Model and metrics in the workspace are of the same step. */
    void requireAgreement() throws IOException {
        assertThat(Files.readString(root.resolve("model.bin")).strip())
                .isEqualTo("step " + step(Files.readString(root.resolve("metrics.json"))));
    }

    private static int step(String metrics) {
        return JsonParser.parseString(metrics).getAsJsonObject().get("step").getAsInt();
    }

    /** No training goes on, and nothing half-written is left where the user sees it. */
    void requireTidy() throws Exception {
        assertThat(trainings()).as("training processes").isEmpty();
        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files.filter(file -> !file.startsWith(root.resolve(".git")))
                            .filter(file -> !file.startsWith(root.resolve(".dvc/cache")))
                            .filter(file -> TEMPORARY
                                    .matcher(file.getFileName().toString())
                                    .matches()))
                    .isEmpty();
        }
        Path temporary = root.resolve(".dvc/tmp/exps");
        for (String place : List.of("", "standalone")) {
            if (Files.isDirectory(temporary.resolve(place))) {
                try (Stream<Path> directories = Files.list(temporary.resolve(place))) {
                    assertThat(directories.filter(
                                    file -> file.getFileName().toString().startsWith("tmp")))
                            .isEmpty();
                }
            }
        }
    }

    /** Every object that came to the storage is what its name says. */
    void requireSoundStorage() throws Exception {
        Path storage = base.resolve("storage");
        if (!Files.isDirectory(storage)) {
            return;
        }
        try (Stream<Path> files = Files.walk(storage)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().endsWith(".tmp"))
                    .toList()) {
                assertThat(md5(file)).isEqualTo(file.getParent().getFileName().toString() + file.getFileName());
            }
        }
    }

    private static String md5(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file)));
    }

    /** The commits of the experiment, newest first. */
    List<String> chain(String experiment) throws Exception {
        String refs = sh("git for-each-ref --format='%(objectname)' 'refs/exps/*/*/" + experiment + "'");
        return refs.isEmpty()
                ? List.of()
                : sh("git rev-list ^HEAD " + refs.replace("\n", " ")).lines().toList();
    }

    /** Kills what a killed command left running. */
    void endStragglers() throws IOException {
        trainings().forEach(ProcessHandle::destroyForcibly);
    }

    private List<ProcessHandle> trainings() throws IOException {
        if (!Files.exists(pids())) {
            return List.of();
        }
        return Files.readAllLines(pids()).stream()
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                .filter(process -> process.info().commandLine().orElse("").contains("train.sh"))
                .toList();
    }

    private Path pids() {
        return base.resolve("pids");
    }
}

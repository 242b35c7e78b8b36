package dev.cairn.install;

import dev.cairn.jupyter.magic.ShellWords;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a JVM does while its loaded classes are recorded for the class archive: the usual commands in a small project, and a
 * kernel that runs some cells. Its outcome does not matter, only the classes it needed.
 */
final class ArchiveTraining {
    private static final List<String> COMMANDS = List.of(
            "--version",
            "init",
            "stage add -n train -d data.txt -p lr -c model.txt -M metrics.yaml --plots-no-cache log.csv sh train.sh",
            "add data.txt",
            "status",
            "exp run -n one -S lr=0.2",
            "exp run",
            "exp show",
            "exp show --json",
            "exp diff one",
            "exp apply one",
            "repro",
            "metrics show",
            "metrics diff",
            "params diff",
            "plots show log.csv -x epoch",
            "plots diff --json",
            "commit",
            "checkout",
            "remote add -d storage ../storage",
            "push",
            "pull",
            "no-such-command");
    private static final List<String> CELLS = List.of(
            "1 + 1",
            "import java.util.*; var list = List.of(1, 2, 3); for (int i : list) { System.out.println(i); } list",
            "record Point(int x, int y) {} new Point(1, 2)",
            "!echo hello",
            "%exp show",
            "%exp run -S lr=0.3",
            "%plots show log.csv -x epoch",
            "throw new IllegalStateException(\"as planned\");",
            "undefined",
            "%dvc status");

    private ArchiveTraining() {}

    /** Trains in the folder that is given; it is the caller's to delete. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path project = Files.createDirectory(Path.of(arguments[0]).resolve("project"));
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.put("DVC_SITE_CACHE_DIR", project.resolveSibling("site").toString());
        git(project, "init", "-q");
        git(project, "config", "user.name", "Cairn");
        git(project, "config", "user.email", "cairn@example.org");
        Files.writeString(project.resolve("data.txt"), "data\n");
        Files.writeString(project.resolve("params.yaml"), "lr: 0.1\n");
        Files.writeString(
                project.resolve("train.sh"),
                """
                echo more >> model.txt
                cp params.yaml metrics.yaml
                printf 'epoch,loss\\n1,0.5\\n2,0.4\\n' > log.csv
                """);

        runCommands(project, environment);
        new KernelRehearsal(project, environment).run(CELLS);
    }

    private static void runCommands(Path project, Map<String, String> environment)
            throws IOException, InterruptedException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Invocation invocation = new Invocation(project, environment, InputStream.nullInputStream(), nowhere, nowhere);
        try (var commands = Dispatcher.ofSession(System::nanoTime)) {
            for (String command : COMMANDS) {
                commands.run(ShellWords.split(command), invocation);
                if (command.startsWith("add")) {
                    git(project, "add", "-A");
                    git(project, "commit", "-q", "-m", "Begin");
                }
            }
        }
    }

    private static void git(Path project, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("git"));
        words.addAll(List.of(arguments));
        new ProcessBuilder(words)
                .directory(project.toFile())
                .inheritIO()
                .start()
                .waitFor();
    }
}

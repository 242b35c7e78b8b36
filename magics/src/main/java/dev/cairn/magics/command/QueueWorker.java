package dev.cairn.magics.command;

import dev.cairn.engine.experiment.QueueControl;
import dev.cairn.engine.experiment.QueueRunner;
import dev.cairn.engine.project.Environment;
import dev.cairn.engine.project.Project;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A process of its own that runs what waits in a project's queue, and ends when nothing waits any more. It outlives the program that
 * started it. Ctrl-C's signal, or the one that asks to terminate, ends its present experiment, whose checkpoints are kept.
 */
public final class QueueWorker {
    private static final long PATIENCE_MILLIS = 30_000;

    private QueueWorker() {}

    /**
     * Works on a queue.
     *
     * @param arguments the directory to work in, in the project
     */
    public static void main(String[] arguments) {
        Environment environment = new Environment(
                Path.of(arguments[0]), System.getenv(), Clock.system(ZoneId.systemDefault()), new SecureRandom());
        Thread self = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            self.interrupt();
            try {
                self.join(PATIENCE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        try (Project project = Project.open(environment);
                QueueControl.Worker worker = new QueueControl(project).work()) {
            QueueRunner runner = new QueueRunner(project, Map.of(), log -> {
                PrintStream stream = new PrintStream(log, true, StandardCharsets.UTF_8);
                return new ConsoleListener(stream, stream);
            });
            while (runner.runNext().isPresent() && !worker.isStopRequested()) {
                // the next one
            }
        } catch (InterruptedException e) {
            self.interrupt(); // the process is ending
        }
    }

    /** Starts one with this program's Java and classes. */
    static void start(Project project, Map<String, String> stageEnvironment) {
        Path directory = project.temporaryDirectory().resolve("exps/workers");
        List<String> words = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            words.add("/usr/bin/setsid"); // the terminal's Ctrl-C is not meant for it
        }
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                QueueWorker.class.getName(),
                project.environment().workingDirectory().toString()));
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(project.root().toFile());
        builder.environment().clear();
        builder.environment().putAll(project.environment().variables());
        builder.environment().putAll(stageEnvironment);
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        try {
            Files.createDirectories(directory);
            File log = directory.resolve("log").toFile();
            builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
            builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a worker", e);
        }
    }
}

package dev.cairn.engine.reproduce;

import dev.cairn.engine.error.StageFailedException;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.project.Project;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Runs the commands of a stage, each in a shell of its own: {@code $SHELL -c}, in the stage's directory, stopping at the first that
 * fails. A request to stop interrupts the command as Ctrl-C would, and waits for it, so that no process is left behind.
 */
final class StageProcess {
    private static final long PATIENCE_SECONDS = 5;
    private static final int SIGINT = 2;
    private static final long DRAIN_MILLIS = 2_000;

    private final Project project;
    private final RunListener listener;
    private final boolean inheritsOutput;
    private final StopSignal stop;
    private final StageTrace trace;

    /**
     * Runs commands of the project's stages.
     *
     * @param inheritsOutput whether commands share this process's standard streams; else their output goes to the listener
     */
    StageProcess(Project project, RunListener listener, boolean inheritsOutput, StopSignal stop, StageTrace trace) {
        this.project = project;
        this.listener = listener;
        this.inheritsOutput = inheritsOutput;
        this.stop = stop;
        this.trace = trace;
    }

    /**
     * Runs the stage's commands.
     *
     * @throws StageFailedException when one cannot be started or exits with another code than 0
     * @throws InterruptedException when the thread was interrupted; the command has ended by then
     */
    void run(Stage stage, Map<String, String> extraEnvironment) throws InterruptedException {
        Path directory = project.resolve(stage.workingDirectory());
        if (!Files.isDirectory(directory)) {
            throw failed(stage, "working directory '%s' does not exist".formatted(stage.workingDirectory()));
        }
        for (String command : stage.command().shellCommands()) {
            int exit = run(stage, shell(command), directory, extraEnvironment);
            if (exit != 0) {
                // A shell reports a command that a signal ended as 128 + n; DVC shows -n.
                int shown = exit > 128 && exit < 160 ? 128 - exit : exit;
                throw failed(stage, "failed to run: %s, exited with %d".formatted(command, shown));
            }
        }
    }

    private static StageFailedException failed(Stage stage, String problem) {
        return new StageFailedException(
                "failed to reproduce '%s': %s".formatted(stage.address(), problem),
                "Its output is above. Correct the command or what it reads and run again; stages before it are kept.");
    }

    private List<String> shell(String command) {
        String shell = project.environment().variable("SHELL").orElse("/bin/sh");
        String name = new File(shell).getName();
        List<String> words = new ArrayList<>(List.of(shell));
        if (name.equals("bash")) {
            words.addAll(List.of("--noprofile", "--norc"));
        } else if (name.equals("zsh")) {
            words.add("--no-rcs");
        }
        words.addAll(List.of("-c", command));
        return words;
    }

    private int run(Stage stage, List<String> words, Path directory, Map<String, String> extra)
            throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(project.environment().variables());
        builder.environment().put("DVC_ROOT", project.root().toString());
        builder.environment().putAll(extra);
        String mark = trace.starting();
        builder.environment().put(StageTrace.VARIABLE, mark);
        if (inheritsOutput) {
            builder.inheritIO();
        } else {
            builder.redirectInput(Redirect.from(new File("/dev/null")));
        }
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            trace.ended(mark);
            throw new StageFailedException(
                    "failed to reproduce '%s': cannot start %s: %s"
                            .formatted(stage.address(), words.get(0), e.getMessage()),
                    "Set SHELL to a shell that exists.",
                    e);
        }
        List<Thread> readers = inheritsOutput
                ? List.of()
                : List.of(
                        reader(stage, process.getInputStream(), false), reader(stage, process.getErrorStream(), true));
        trace.started(mark, process.toHandle());
        try {
            int exit = stop.await(process);
            drain(readers);
            return exit;
        } catch (InterruptedException e) {
            stop(process);
            throw e;
        } finally {
            trace.ended(mark);
            listener.outputEnded(stage.address());
        }
    }

    private Thread reader(Stage stage, InputStream stream, boolean isError) {
        Thread thread = new Thread(
                () -> {
                    byte[] buffer = new byte[8192];
                    try (stream) {
                        for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                            listener.output(stage.address(), java.util.Arrays.copyOf(buffer, n), isError);
                        }
                    } catch (IOException e) {
                        listener.warning("output of '%s' ended early: %s".formatted(stage.address(), e.getMessage()));
                    }
                },
                "output of " + stage.address());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** A process left in the background may hold the pipe open: what it prints later is not waited for. */
    private static void drain(List<Thread> readers) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRAIN_MILLIS);
        for (Thread reader : readers) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left > 0) {
                reader.join(left);
            }
        }
    }

    /** Asks as Ctrl-C does; a process that cannot hear that, or takes its time, is terminated, and in the end killed. */
    private static void stop(Process process) {
        List<ProcessHandle> tree = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        signal(tree);
        tree.stream().filter(StageProcess::ignoresInterrupts).forEach(ProcessHandle::destroy);
        awaitEnd(tree, PATIENCE_SECONDS);
        tree.forEach(ProcessHandle::destroy);
        awaitEnd(tree, PATIENCE_SECONDS);
        tree.forEach(ProcessHandle::destroyForcibly);
    }

    private static void awaitEnd(List<ProcessHandle> tree, long seconds) {
        try {
            CompletableFuture.allOf(tree.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // some live on: the caller has stronger means
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether a process never hears SIGINT, as everything below a shell's background job; false where /proc does not tell. */
    private static boolean ignoresInterrupts(ProcessHandle process) {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .map(line ->
                            new BigInteger(line.substring("SigIgn:".length()).strip(), 16))
                    .anyMatch(mask -> mask.testBit(SIGINT - 1));
        } catch (IOException | UncheckedIOException e) {
            return false; // it has ended, or this is no Linux
        }
    }

    private static void signal(List<ProcessHandle> processes) {
        List<String> words = new ArrayList<>(List.of("kill", "-INT"));
        processes.stream().filter(ProcessHandle::isAlive).forEach(p -> words.add(String.valueOf(p.pid())));
        if (words.size() == 2) {
            return;
        }
        try {
            new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            processes.forEach(ProcessHandle::destroy); // no `kill` here: ask in the way the JVM can
        }
    }
}

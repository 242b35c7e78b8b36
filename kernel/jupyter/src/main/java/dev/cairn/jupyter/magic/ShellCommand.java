package dev.cairn.jupyter.magic;

import dev.cairn.jupyter.extension.CellOutput;
import dev.cairn.jupyter.extension.KernelContext;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs commands through the user's shell, their output going to the cell as it comes. */
final class ShellCommand {
    private static final int GRACE_SECONDS = 2;

    private final KernelContext kernel;
    private final List<String> interpreter;

    /** Runs what the user's shell understands. */
    ShellCommand(KernelContext kernel) {
        this(kernel, List.of());
    }

    private ShellCommand(KernelContext kernel, List<String> interpreter) {
        this.kernel = kernel;
        this.interpreter = interpreter;
    }

    /** Runs what bash understands. */
    static ShellCommand bash(KernelContext kernel) {
        return new ShellCommand(kernel, List.of("bash", "-c"));
    }

    /** Runs a script and keeps what it prints. */
    ShellOutput capture(String script, PrintStream err) throws IOException, InterruptedException {
        var bytes = new ByteArrayOutputStream();
        int status = run(script, new PrintStream(bytes, true, StandardCharsets.UTF_8), err);
        return new ShellOutput(bytes.toString(StandardCharsets.UTF_8), status);
    }

    /** Runs a script to its end and gives its exit status; an interrupt ends it with all it started. */
    int run(String script, CellOutput output) throws IOException, InterruptedException {
        return run(script, output.out(), output.err());
    }

    /** Runs a script, its output going to the two streams. */
    int run(String script, PrintStream out, PrintStream err) throws IOException, InterruptedException {
        Process process = start(script);
        Thread outPump = pump(process.getInputStream(), out);
        Thread errPump = pump(process.getErrorStream(), err);
        try {
            int status = process.waitFor();
            // A command may leave something running that keeps the pipes; that one is not waited for.
            outPump.join(TimeUnit.SECONDS.toMillis(GRACE_SECONDS));
            errPump.join(TimeUnit.SECONDS.toMillis(GRACE_SECONDS));
            return status;
        } catch (InterruptedException e) {
            end(process);
            throw e;
        }
    }

    private Process start(String script) throws IOException {
        var builder = new ProcessBuilder(command(script))
                .directory(kernel.workingDirectory().toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(kernel.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private List<String> command(String script) {
        if (!interpreter.isEmpty()) {
            return Stream.concat(interpreter.stream(), Stream.of(script)).toList();
        }
        if (File.separatorChar == '\\') {
            return List.of(kernel.environment().getOrDefault("ComSpec", "cmd.exe"), "/c", script);
        }
        String shell = kernel.environment().getOrDefault("SHELL", "/bin/sh");
        // Shells that are no kin of sh would not understand what notebooks are written in.
        boolean isPosix = shell.toLowerCase(Locale.ROOT).matches(".*/(?:ba|da|k|z|a)?sh");
        return List.of(isPosix ? shell : "/bin/sh", "-c", script);
    }

    private static Thread pump(InputStream from, PrintStream to) {
        // Made here, so that it inherits the cell it works for.
        var thread = new Thread(() -> copy(from, to), "shell-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void copy(InputStream from, PrintStream to) {
        var buffer = new byte[8192];
        try (from) {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                to.write(buffer, 0, count);
            }
        } catch (IOException e) {
            // The pipe of a command that was ended closes under the reader; that is how it ends.
            if (!"Stream closed".equals(e.getMessage())) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void end(Process process) {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroy();
        family.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        family.forEach(ProcessHandle::destroyForcibly);
    }
}

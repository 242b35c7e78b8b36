package dev.cairn.install;

import dev.cairn.jupyter.magic.ShellWords;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongSupplier;

/**
 * {@code cairn session}: reads one command a line, runs it, and ends its output with the line
 * {@code done EXITCODE SECONDS}. Words are parted as a shell does it. Ends with its input.
 */
final class SessionProgram implements Program {
    private final Program commands;
    private final LongSupplier nanoTime;

    SessionProgram(Program commands, LongSupplier nanoTime) {
        this.commands = commands;
        this.nanoTime = nanoTime;
    }

    @Override
    public int run(List<String> arguments, Invocation invocation) throws InterruptedException {
        if (!arguments.isEmpty()) {
            return invocation.fail(
                    "session takes no arguments, got: " + String.join(" ", arguments),
                    "Write the commands to its standard input, one a line.");
        }
        BlockingQueue<Optional<String>> lines = linesOf(invocation);
        for (Optional<String> line = lines.take(); line.isPresent(); line = lines.take()) {
            long start = nanoTime.getAsLong();
            int status = runLine(line.get(), invocation);
            double seconds = (nanoTime.getAsLong() - start) / 1e9;
            invocation.err().flush();
            invocation.out().print(String.format(Locale.ROOT, "done %d %.6f\n", status, seconds));
            invocation.out().flush();
        }
        return 0;
    }

    private int runLine(String line, Invocation invocation) throws InterruptedException {
        List<String> words = ShellWords.split(line);
        return words.isEmpty() ? 0 : commands.run(words, invocation);
    }

    /** The lines as they come, then an empty one: read by another thread, because a read cannot be interrupted. */
    private static BlockingQueue<Optional<String>> linesOf(Invocation invocation) {
        BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
        Thread reader = new Thread(
                () -> {
                    try (var text =
                            new BufferedReader(new InputStreamReader(invocation.in(), StandardCharsets.UTF_8))) {
                        text.lines().forEach(line -> lines.add(Optional.of(line)));
                    } catch (IOException | UncheckedIOException e) {
                        invocation.err().println("cairn: the session's input could not be read: " + e.getMessage());
                    } finally {
                        lines.add(Optional.empty());
                    }
                },
                "session input");
        reader.setDaemon(true);
        reader.start();
        return lines;
    }
}

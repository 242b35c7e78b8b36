package dev.cairn.install;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The {@code cairn} command. Its first word chooses what runs: {@code session}, {@code kernel}, {@code notebook},
 * {@code archive}; anything else is DVC's command line.
 */
public final class Cairn {
    private Cairn() {}

    /** Runs the command and ends the process with its status, or by the signal that interrupted it. */
    public static void main(String[] arguments) {
        Invocation invocation = new Invocation(
                Path.of("").toAbsolutePath(),
                System.getenv(),
                System.in,
                buffered(FileDescriptor.out),
                buffered(FileDescriptor.err));
        Interruption interruption = new Interruption(Thread.currentThread());
        Thread watcher = new Thread(interruption::watch, "interruption");
        watcher.setDaemon(true);
        watcher.start();

        int status = run(List.of(arguments), invocation);

        invocation.out().flush();
        invocation.err().flush();
        if (interruption.happened()) {
            interruption.dieBySignal();
        }
        System.exit(status);
    }

    private static int run(List<String> arguments, Invocation invocation) {
        try (var commands = Dispatcher.ofProcess(System::nanoTime)) {
            return commands.run(arguments, invocation);
        } catch (InterruptedException e) {
            return Interruption.STATUS_OF_SIGINT;
        }
    }

    private static PrintStream buffered(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}

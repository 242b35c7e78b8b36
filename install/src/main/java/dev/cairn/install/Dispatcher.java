package dev.cairn.install;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the program that the first word means; the others' classes are not loaded. DVC's command line is kept from one
 * command to the next, and closed with this.
 */
final class Dispatcher implements Program, AutoCloseable {
    private final LongSupplier nanoTime;
    private final boolean isSession;
    private @Nullable DvcProgram dvc;

    private Dispatcher(LongSupplier nanoTime, boolean isSession) {
        this.nanoTime = nanoTime;
        this.isSession = isSession;
    }

    /** For a process that runs one command. */
    static Dispatcher ofProcess(LongSupplier nanoTime) {
        return new Dispatcher(nanoTime, false);
    }

    /** For a process that runs many; commands leave its standard input alone. */
    static Dispatcher ofSession(LongSupplier nanoTime) {
        return new Dispatcher(nanoTime, true);
    }

    @Override
    public int run(List<String> arguments, Invocation invocation) throws InterruptedException {
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        List<String> rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        return switch (first) {
            case "--version" -> printVersion(invocation);
            case "session" -> runSession(rest, invocation);
            case "kernel" -> new KernelProgram(distribution()).run(rest, invocation);
            case "notebook" -> new NotebookProgram(distribution()).run(rest, invocation);
            case "archive" -> new ArchiveProgram(distribution()).run(rest, invocation);
            default -> dvc().run(arguments, invocation);
        };
    }

    @Override
    public void close() {
        if (dvc != null) {
            dvc.close();
        }
    }

    private int runSession(List<String> arguments, Invocation invocation) throws InterruptedException {
        try (var commands = ofSession(nanoTime)) {
            return new SessionProgram(commands, nanoTime).run(arguments, invocation);
        }
    }

    private DvcProgram dvc() {
        if (dvc == null) {
            // In a session the standard input holds the commands: a stage must not read it.
            dvc = new DvcProgram(!isSession);
        }
        return dvc;
    }

    private static int printVersion(Invocation invocation) {
        String version = Cairn.class.getPackage().getImplementationVersion();
        invocation
                .out()
                .println("cairn " + (version == null ? "(development)" : version) + ", in the formats of DVC 2.58.2");
        return 0;
    }

    private static Distribution distribution() {
        return Distribution.holding(Path.of(
                Cairn.class.getProtectionDomain().getCodeSource().getLocation().getPath()));
    }
}

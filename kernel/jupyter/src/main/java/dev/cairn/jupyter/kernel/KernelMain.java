package dev.cairn.jupyter.kernel;

import dev.cairn.jupyter.output.StandardStreams;
import dev.cairn.jupyter.protocol.ConnectionFile;
import dev.cairn.jupyter.session.SessionSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Starts the kernel: {@code KernelMain CONNECTION_FILE}, as Jupyter calls it. */
public final class KernelMain {
    private static final int USAGE = 2;
    private static final long SHUTDOWN_MILLIS = 4_000;

    private KernelMain() {}

    /** Runs until a front end shuts the kernel down, or its parent process is gone. */
    public static void main(String[] arguments) throws InterruptedException {
        PrintStream log = StandardStreams.processError();
        if (arguments.length != 1) {
            log.println("usage: java -cp … dev.cairn.jupyter.kernel.KernelMain CONNECTION_FILE");
            log.println("Jupyter starts kernels this way; 'cairn kernel install' makes this one known to it.");
            System.exit(USAGE);
        }
        System.exit(run(Path.of(arguments[0]), System.getenv(), log));
    }

    private static int run(Path connectionFile, Map<String, String> environment, PrintStream log)
            throws InterruptedException {
        ConnectionFile connection;
        try {
            connection = ConnectionFile.read(connectionFile);
        } catch (IOException e) {
            log.println("cairn: " + e.getMessage());
            return USAGE;
        }
        var settings = SessionSettings.ofProcess(Path.of(""), environment);
        try (var kernel = new JupyterKernel(connection, settings, Clock.systemUTC(), log)) {
            endWithParent(environment);
            onTerminalInterrupt(kernel::interrupt, log);
            kernel.awaitShutdown();
            endAnyway();
        }
        return 0;
    }

    /** A kernel whose front end was killed would run on for ever. */
    private static void endWithParent(Map<String, String> environment) {
        parse(environment.getOrDefault("JPY_PARENT_PID", ""))
                .filter(pid -> pid > 1)
                .flatMap(ProcessHandle::of)
                .ifPresent(parent -> {
                    var unused =
                            parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1));
                });
    }

    private static Optional<Long> parse(String pid) {
        try {
            return Optional.of(Long.parseLong(pid));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whatever the user's shutdown hooks do, the kernel ends soon after it was told to. */
    private static void endAnyway() {
        var thread = new Thread(
                () -> {
                    try {
                        Thread.sleep(SHUTDOWN_MILLIS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(0);
                },
                "cairn-end");
        thread.setDaemon(true);
        thread.start();
    }

    // sun.misc.Signal is there on every JDK, but javac warns of every mention of it.
    private static void onTerminalInterrupt(Runnable action, PrintStream log) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    KernelMain.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        return switch (method.getName()) {
                            case "hashCode" -> System.identityHashCode(self);
                            case "equals" -> self == arguments[0];
                            case "toString" -> "interrupt";
                            default -> {
                                action.run();
                                yield null;
                            }
                        };
                    });
            Object interrupt = signal.getConstructor(String.class).newInstance("INT");
            signal.getMethod("handle", signal, handler).invoke(null, interrupt, proxy);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            log.println("cairn: Ctrl-C in a terminal ends the kernel: " + e);
        }
    }
}

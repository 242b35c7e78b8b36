package dev.cairn.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * What Ctrl-C does. The first one interrupts the thread that works, which then ends what it does and leaves the files whole;
 * after that the process dies by the very signal, so that a shell's loop around it ends as well. A second one ends the
 * process at once.
 *
 * <p>The JVM has no public interface for signals: {@code sun.misc.Signal} of the module {@code jdk.unsupported} is used
 * through reflection, because a direct use cannot be compiled without a warning. Where it is missing, the JVM's own handling
 * stays.
 */
final class Interruption {
    static final int STATUS_OF_SIGINT = 130;

    private final Thread worker;
    private volatile boolean happened;

    Interruption(Thread worker) {
        this.worker = worker;
    }

    /** Watches for the signal from now on. Takes some milliseconds, so it is best called from a thread of its own. */
    void watch() {
        try {
            Signals signals = new Signals();
            signals.handle(() -> {
                happened = true;
                signals.handleByDefault();
                worker.interrupt();
            });
        } catch (ReflectiveOperationException e) {
            System.getLogger(Interruption.class.getName())
                    .log(System.Logger.Level.DEBUG, "No signals in this JVM: Ctrl-C ends it at once.", e);
        }
    }

    /** Whether the signal has come. */
    boolean happened() {
        return happened;
    }

    /**
     * Ends the process by the signal itself. The JVM cannot raise a signal that it does not handle, so a shell does; that the
     * process ends with the status of a signal, not with the same number as its exit status, is what loops look at.
     */
    void dieBySignal() {
        try {
            new ProcessBuilder(
                            "sh", "-c", "kill -INT " + ProcessHandle.current().pid())
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("The process could not be ended by its signal.", e);
        } catch (InterruptedException e) {
            worker.interrupt();
        } finally {
            Runtime.getRuntime().halt(STATUS_OF_SIGINT);
        }
    }

    /** The two calls of {@code sun.misc.Signal} that are needed here, for the signal of Ctrl-C. */
    private static final class Signals {
        private final Class<?> signalType = Class.forName("sun.misc.Signal");
        private final Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        private final Object signal = signalType.getConstructor(String.class).newInstance("INT");

        Signals() throws ReflectiveOperationException {}

        void handle(Runnable action) throws ReflectiveOperationException {
            InvocationHandler onCall = (proxy, method, arguments) -> {
                if (method.getDeclaringClass() == handlerType) {
                    action.run();
                    return proxy;
                }
                return method.invoke(action, arguments);
            };
            register(Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] {handlerType}, onCall));
        }

        void handleByDefault() {
            try {
                register(handlerType.getField("SIG_DFL").get(null));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("The default handling of a signal is gone.", e);
            }
        }

        private void register(Object handler) throws ReflectiveOperationException {
            signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
        }
    }
}

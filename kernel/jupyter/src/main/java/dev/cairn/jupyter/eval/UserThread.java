package dev.cairn.jupyter.eval;

import dev.cairn.jupyter.output.CellScope;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A thread for the user's code. Takes one task after the other. The state below is guarded by {@code lock}; whoever stops the
 * thread holds the lock, so that only code marked as stoppable is hit.
 */
final class UserThread extends Thread {
    private static final boolean HAS_STOP = Runtime.version().feature() < 20;

    private final Object lock = new Object();
    private @Nullable Runnable task;
    private long taskNumber;
    private boolean isDone = true;
    private volatile boolean isInterrupted;
    private boolean isStopIssued;
    private boolean isAbandoned;
    private boolean isEnding;
    private boolean isStoppable;

    UserThread() {
        super(null, null, "cell", 0, true);
        setDaemon(true);
    }

    static UserThread current() {
        return (UserThread) Thread.currentThread();
    }

    <T extends @Nullable Object> T execute(Callable<T> body, @Nullable ClassLoader contextLoader) throws Exception {
        var outcome = new Outcome<T>();
        CellScope scope = CellScope.current().orElse(null);
        synchronized (lock) {
            task = () -> outcome.fill(body, scope);
            taskNumber++;
            isDone = false;
            isInterrupted = false;
            isStopIssued = false;
            if (contextLoader != null) {
                setContextClassLoader(contextLoader);
            }
            lock.notifyAll();
            awaitDone();
            if (isAbandoned) {
                throw new CellInterruptedException(
                        "The cell did not react to the interrupt; it was left running behind");
            }
        }
        return outcome.get();
    }

    private void awaitDone() {
        while (!isDone && !isAbandoned && isAlive()) {
            try {
                lock.wait(isStopIssued ? 50 : 0);
            } catch (InterruptedException e) {
                // The kernel's thread waits whatever happens; interrupts are for the user's thread.
                interrupt();
            }
        }
    }

    @Override
    public void run() {
        for (Runnable next = next(); next != null; next = next()) {
            try {
                next.run();
            } finally {
                done();
            }
        }
    }

    /** Runs code that {@link #stopTask} may stop. */
    <T extends @Nullable Object> T stoppably(Callable<T> body) throws Exception {
        boolean before = mark(true);
        try {
            return body.call();
        } catch (ThreadDeath e) {
            throw new CellInterruptedException("The cell was stopped");
        } finally {
            leave(before);
        }
    }

    /** Runs code that must come to its own end, such as a magic called from the user's code. */
    static <T extends @Nullable Object> T shielded(Callable<T> body) throws Exception {
        if (!(Thread.currentThread() instanceof UserThread thread)) {
            return body.call();
        }
        boolean before = thread.mark(false);
        try {
            return body.call();
        } finally {
            thread.mark(before);
            thread.passOnInterrupt();
        }
    }

    /** Interrupts what runs; gives the number of the task that was hit. */
    long interruptTask() {
        synchronized (lock) {
            if (!isDone) {
                isInterrupted = true;
                interrupt();
            }
            return taskNumber;
        }
    }

    /** Whether the task it runs was interrupted. */
    boolean wasInterrupted() {
        return isInterrupted;
    }

    /** Stops the task if it still runs and is where it may be stopped; false when it has ended. */
    @SuppressWarnings({"removal", "deprecation"})
    boolean stopTask(long number) {
        synchronized (lock) {
            if (isDone || taskNumber != number) {
                return false;
            }
            if (!isStoppable) {
                return true;
            }
            isStopIssued = true;
            if (HAS_STOP) {
                stop();
            } else {
                StopCheck.stop(this);
                interrupt();
            }
            lock.notifyAll();
            return true;
        }
    }

    /** Gives up on a task that cannot be stopped; whoever waits for it goes on. Magics are waited for. */
    void abandon(long number) {
        synchronized (lock) {
            if (!isDone && taskNumber == number && isStoppable) {
                isAbandoned = true;
                lock.notifyAll();
            }
        }
    }

    boolean isReusable() {
        synchronized (lock) {
            return isAlive() && isDone && !isStopIssued;
        }
    }

    void end() {
        synchronized (lock) {
            isEnding = true;
            lock.notifyAll();
        }
    }

    private @Nullable Runnable next() {
        synchronized (lock) {
            while (task == null && !isEnding) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    // A late interrupt of the last task; there is nothing left to interrupt.
                }
            }
            Runnable next = task;
            task = null;
            return next;
        }
    }

    private void done() {
        StopCheck.forget(this);
        Thread.interrupted();
        synchronized (lock) {
            isDone = true;
            lock.notifyAll();
        }
    }

    private boolean mark(boolean stoppable) {
        synchronized (lock) {
            boolean before = isStoppable;
            isStoppable = stoppable;
            return before;
        }
    }

    private void leave(boolean before) {
        try {
            mark(before);
        } catch (ThreadDeath e) {
            // The stop arrived at the very end; the code was through.
            mark(before);
        }
    }

    private void passOnInterrupt() {
        synchronized (lock) {
            if (isInterrupted && isStoppable) {
                interrupt();
            }
        }
    }

    private static final class Outcome<T extends @Nullable Object> {
        private @Nullable T value;
        private @Nullable Throwable failure;

        void fill(Callable<T> body, @Nullable CellScope scope) {
            CellScope.Entered entered = scope == null ? () -> {} : scope.enter();
            try {
                value = body.call();
            } catch (Throwable e) {
                // Carried over to the thread that waits, whatever it is: the user's errors are the user's.
                failure = e;
            } finally {
                entered.close();
            }
        }

        @SuppressWarnings("NullAway") // T decides whether null is a value
        T get() throws Exception {
            if (failure instanceof ThreadDeath) {
                throw new CellInterruptedException("The cell was stopped");
            }
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof Exception exception) {
                throw exception;
            }
            return value;
        }
    }
}

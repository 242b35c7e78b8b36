package dev.cairn.jupyter.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs what the user wrote on threads of its own, so that it can be interrupted and, when that does not help, stopped. Cells may
 * run beside each other, each on a thread, and an interrupt is for all that run. One thread is kept from cell to cell; a run
 * within a run stays on its thread.
 */
public final class UserThreads implements AutoCloseable {
    private static final long GRACE_MILLIS = 200;
    private static final int ATTEMPTS = 3;

    private final List<UserThread> running = new ArrayList<>();
    private final ScheduledExecutorService escalation =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "cairn-interrupt"));
    private volatile @Nullable ClassLoader contextLoader;
    private @Nullable UserThread idle;
    private boolean isClosed;
    private long interrupts;
    // How many interrupts there had been when the cell began for which the thread works.
    private final ThreadLocal<@Nullable Long> begun = new ThreadLocal<>();

    /** Sets the class loader that user code finds in its thread's context. */
    public void contextLoader(ClassLoader loader) {
        contextLoader = loader;
    }

    /**
     * Runs the task to its end, on the calling thread when that is a user thread already.
     *
     * @throws CellInterruptedException when it was interrupted and ended because of that
     */
    public <T extends @Nullable Object> T run(Callable<T> task) throws Exception {
        if (Thread.currentThread() instanceof UserThread) {
            return task.call();
        }
        UserThread thread = borrow();
        Long cell = begun.get();
        try {
            return thread.execute(() -> belongingTo(cell, task), contextLoader);
        } finally {
            giveBack(thread);
        }
    }

    /** Runs the task as code that may be stopped at any point: the user's, never the kernel's. */
    public <T extends @Nullable Object> T runStoppable(Callable<T> task) throws Exception {
        return run(() -> UserThread.current().stoppably(task));
    }

    /** Runs the kernel's own code below the user's, on the calling thread: it is interrupted, but never stopped. */
    public <T extends @Nullable Object> T runShielded(Callable<T> task) throws Exception {
        return UserThread.shielded(task);
    }

    /** Begins a cell on the calling thread: interrupts of before are none of its. */
    public synchronized void beginCell() {
        begun.set(interrupts);
    }

    /** Whether the cell that the calling thread began last has been interrupted. */
    public synchronized boolean wasInterrupted() {
        Long before = begun.get();
        return before != null && before != interrupts;
    }

    /** Fails when the calling thread's cell was interrupted, also between two of its statements. */
    public void checkInterrupt() {
        if (wasInterrupted()) {
            throw new CellInterruptedException("The cell was interrupted");
        }
    }

    /** Interrupts all cells: nothing more of them is run, and what runs is stopped when it has not ended after a moment. */
    public synchronized void interrupt() {
        interrupts++;
        for (UserThread thread : running) {
            long taskNumber = thread.interruptTask();
            escalate(thread, taskNumber, ATTEMPTS);
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        escalation.shutdown();
        if (idle != null) {
            idle.end();
            idle = null;
        }
    }

    private void escalate(UserThread thread, long taskNumber, int attempts) {
        if (escalation.isShutdown()) {
            return;
        }
        Runnable next = () -> {
            if (attempts == 0) {
                thread.abandon(taskNumber);
            } else if (thread.stopTask(taskNumber)) {
                escalate(thread, taskNumber, attempts - 1);
            }
        };
        var unused = escalation.schedule(next, GRACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private <T extends @Nullable Object> T belongingTo(@Nullable Long cell, Callable<T> task) throws Exception {
        begun.set(cell);
        return task.call();
    }

    private synchronized UserThread borrow() {
        checkInterrupt();
        UserThread thread = idle;
        idle = null;
        if (thread == null || !thread.isAlive()) {
            thread = new UserThread();
            thread.start();
        }
        running.add(thread);
        return thread;
    }

    private synchronized void giveBack(UserThread thread) {
        running.remove(thread);
        if (idle == null && !isClosed && thread.isReusable()) {
            idle = thread;
        } else {
            thread.end();
        }
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}

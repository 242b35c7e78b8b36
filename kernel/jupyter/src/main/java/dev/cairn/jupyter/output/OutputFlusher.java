package dev.cairn.jupyter.output;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Flushes output areas a moment after something was written to them. Asked by the user's threads, which may be stopped at any
 * instruction: it therefore takes no locks in {@link #schedule}.
 */
public final class OutputFlusher implements AutoCloseable {
    private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Queue<OutputArea> dirty = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "cairn-flush");
    private volatile boolean isClosed;

    /** Starts the thread. */
    public OutputFlusher() {
        thread.setDaemon(true);
        thread.start();
    }

    void schedule(OutputArea area) {
        dirty.add(area);
        LockSupport.unpark(thread);
    }

    boolean isClosed() {
        return isClosed;
    }

    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!isClosed) {
            if (dirty.isEmpty()) {
                LockSupport.park(this);
                continue;
            }
            waitDelay();
            for (OutputArea area = dirty.poll(); area != null; area = dirty.poll()) {
                area.flush();
            }
        }
    }

    private void waitDelay() {
        long end = System.nanoTime() + DELAY_NANOS;
        for (long left = DELAY_NANOS; left > 0 && !isClosed; left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }
}

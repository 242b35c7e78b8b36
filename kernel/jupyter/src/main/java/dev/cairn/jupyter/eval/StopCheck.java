package dev.cairn.jupyter.eval;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Called by cells at the start of every method and before every backward jump, on Java versions without
 * {@code Thread.stop}: JShell weaves the calls in, {@link ClassFilePatch} leads them here. Public because cells call it.
 */
public final class StopCheck {
    // Static because the woven calls are; per thread, so that stopping one cell leaves the threads of others alone.
    private static final Set<Thread> STOPPED = ConcurrentHashMap.newKeySet();
    private static volatile boolean isArmed;

    private StopCheck() {}

    /** Ends the calling thread's cell when it is to stop. */
    public static void stopCheck() {
        if (isArmed && STOPPED.contains(Thread.currentThread())) {
            throw new ThreadDeath();
        }
    }

    /** Called by batches between two statements: ends the cell when it was interrupted. */
    public static void nextStatement() {
        stopCheck();
        if (Thread.currentThread() instanceof UserThread thread && thread.wasInterrupted()) {
            throw new CellInterruptedException("The cell was interrupted");
        }
    }

    static synchronized void stop(Thread thread) {
        STOPPED.add(thread);
        isArmed = true;
    }

    static synchronized void forget(Thread thread) {
        STOPPED.remove(thread);
        isArmed = !STOPPED.isEmpty();
    }
}

package dev.cairn.engine.experiment;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.experiment.SessionCheckpoints.Recorded;
import dev.cairn.store.StoreException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Records held checkpoints on a thread of its own, in the order they were made, while training goes on. Whoever adds one waits while too
 * much is held, so that neither memory nor disk fills up. A failure is told to the next who adds one or waits for the end.
 */
public final class CheckpointBacklog implements AutoCloseable {
    private static final int MAX_WAITING = 64;
    private static final long MAX_BYTES = 512L << 20;

    private final SessionCheckpoints checkpoints;
    private final Listener listener;
    private final Queue<CapturedCheckpoint> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean isRecording;
    private boolean isClosed;
    private @Nullable RuntimeException failure;
    private @Nullable Thread thread;

    /** Hears of what was recorded, on the thread that records. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A checkpoint is in the experiment now.
         *
         * @param isLast whether no other waits
         */
        void recorded(Recorded checkpoint, boolean isLast);
    }

    public CheckpointBacklog(SessionCheckpoints checkpoints, Listener listener) {
        this.checkpoints = checkpoints;
        this.listener = listener;
    }

    /** Adds one, when there is room for it. */
    public synchronized void add(CapturedCheckpoint checkpoint) throws InterruptedException {
        boolean isTaken = false;
        try {
            throwFailure();
            while (waiting.size() >= MAX_WAITING || (bytes > 0 && bytes + checkpoint.bytes() > MAX_BYTES)) {
                wait();
                throwFailure();
            }
            waiting.add(checkpoint);
            bytes += checkpoint.bytes();
            isTaken = true;
        } finally {
            if (!isTaken) {
                checkpoint.release();
            }
        }
        if (thread == null) {
            thread = new Thread(this::recordAll, "checkpoints");
            thread.setDaemon(true);
            thread.start();
        }
        notifyAll();
    }

    /** Waits until everything is recorded. */
    public synchronized void await() throws InterruptedException {
        while (isRecording || !waiting.isEmpty()) {
            wait();
        }
        throwFailure();
    }

    private void throwFailure() {
        RuntimeException known = failure;
        failure = null;
        if (known != null) {
            throw known;
        }
    }

    private void recordAll() {
        for (CapturedCheckpoint next = take(); next != null; next = take()) {
            try {
                Recorded recorded = checkpoints.record(next);
                listener.recorded(recorded, isLast());
            } catch (EngineException | StoreException | UncheckedIOException e) {
                failed(e);
            } finally {
                next.release();
                done(next);
            }
        }
    }

    private synchronized @Nullable CapturedCheckpoint take() {
        try {
            while (waiting.isEmpty() && !isClosed) {
                wait();
            }
        } catch (InterruptedException e) {
            return null; // nobody interrupts it but the end of the JVM
        }
        isRecording = !waiting.isEmpty();
        return waiting.poll();
    }

    private synchronized boolean isLast() {
        return waiting.isEmpty();
    }

    private synchronized void failed(RuntimeException e) {
        if (failure == null) {
            failure = e;
        } else {
            failure.addSuppressed(e);
        }
    }

    private synchronized void done(CapturedCheckpoint checkpoint) {
        isRecording = false;
        bytes -= checkpoint.bytes();
        notifyAll();
    }

    /** Ends the thread once everything is recorded; waits for that. */
    @Override
    public void close() {
        Thread ending;
        synchronized (this) {
            isClosed = true;
            ending = thread;
            notifyAll();
        }
        boolean wasInterrupted = false;
        while (ending != null && ending.isAlive()) {
            try {
                ending.join();
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

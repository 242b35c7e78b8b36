package dev.cairn.engine.reproduce;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Asks a run to stop, at a place where it can: while a stage's command is waited for, or between two stages. Work on files and refs is
 * never cut short, which an interrupt of the thread would do, for Java closes a channel whose thread is interrupted.
 */
public final class StopSignal {
    private boolean requested;
    private final Set<Thread> waiting = new HashSet<>();

    /** Asks. May be called from any thread, and more than once. */
    public synchronized void request() {
        requested = true;
        waiting.forEach(Thread::interrupt);
    }

    /** Ends the command that the thread waits for, and nothing else: the run goes on behind it. */
    synchronized void enough(Thread waiter) {
        if (waiting.contains(waiter)) {
            waiter.interrupt();
        }
    }

    public synchronized boolean isRequested() {
        return requested;
    }

    /** Waits for a command; throws when asked to stop, and the command goes on then. */
    int await(Process process) throws InterruptedException {
        synchronized (this) {
            if (requested) {
                throw new InterruptedException();
            }
            waiting.add(Thread.currentThread());
        }
        try {
            return process.waitFor();
        } finally {
            synchronized (this) {
                waiting.remove(Thread.currentThread());
                Thread.interrupted(); // one that came too late to matter; requested says so still
            }
        }
    }

    /**
     * Does something on a thread of its own, and hands an interrupt of this thread on as a request. Returns when the other thread has
     * ended; whether it heeded the request is for the caller to see.
     *
     * @throws InterruptedException when the action was stopped
     */
    public <T> T call(Callable<T> action) throws InterruptedException {
        FutureTask<T> task = new FutureTask<>(action);
        Thread worker = new Thread(task, Thread.currentThread().getName() + " run");
        worker.start();
        while (true) {
            try {
                return task.get();
            } catch (InterruptedException e) {
                request();
            } catch (ExecutionException e) {
                throw rethrow(e.getCause() == null ? e : e.getCause());
            }
        }
    }

    private static RuntimeException rethrow(Throwable cause) throws InterruptedException {
        if (cause instanceof InterruptedException stopped) {
            throw stopped;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure
                ? failure
                : new IllegalStateException("a run threw " + cause, cause);
    }
}

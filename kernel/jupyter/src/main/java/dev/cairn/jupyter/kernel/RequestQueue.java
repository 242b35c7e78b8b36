package dev.cairn.jupyter.kernel;

import dev.cairn.jupyter.protocol.Message;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The requests to one shell, the main one or a subshell: served one after the other by a thread of its own. Once a cell fails,
 * the cells that were sent before this could be known are aborted instead of run.
 */
final class RequestQueue implements AutoCloseable {
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Server server;
    private final Executor afterArrival;
    private final Thread thread;
    private boolean isAborting;
    private volatile boolean isEnded;

    /** Serves requests; called by the queue's thread only. */
    interface Server {
        /** Serves a request of any kind; {@code abortWaiting} keeps the cells that wait by now from being run. */
        void serve(Message request, Runnable abortWaiting);

        /** Answers a cell that is not run. */
        void abort(Message cell);
    }

    /**
     * Starts the thread.
     *
     * @param afterArrival runs an action once all requests that have reached this process are in their queues
     */
    RequestQueue(String name, Server server, Executor afterArrival) {
        this.server = server;
        this.afterArrival = afterArrival;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    void add(Message request) {
        tasks.add(() -> serve(request));
    }

    /** Ends the thread after the request it serves; cells that wait are aborted, other requests still answered. */
    @Override
    public void close() {
        isEnded = true;
        tasks.add(() -> {});
    }

    private void run() {
        try {
            while (!isEnded || !tasks.isEmpty()) {
                tasks.take().run();
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread; whoever does, wants it to end.
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Message request) {
        boolean isCell = request.type().equals("execute_request");
        if (isCell && (isAborting || isEnded)) {
            server.abort(request);
        } else {
            server.serve(request, this::abortWaiting);
        }
    }

    // Called before the failure is replied to: what is sent once the reply was seen is not aborted.
    private void abortWaiting() {
        isAborting = true;
        var isKnown = new CountDownLatch(1);
        afterArrival.execute(() -> {
            tasks.add(() -> isAborting = false);
            isKnown.countDown();
        });
        try {
            isKnown.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

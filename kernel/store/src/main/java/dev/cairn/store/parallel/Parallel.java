package dev.cairn.store.parallel;

import dev.cairn.store.OperationInterruptedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applies a function to many items on a bounded number of threads that live only as long as the call. Results keep the order of
 * the items; the first failure stops the rest and is thrown.
 */
public final class Parallel {
    private static final int WORTH_A_THREAD = 8;

    private Parallel() {}

    /** As many threads as are useful for work that mixes hashing and disk: the processors, between 2 and 8. */
    public static int defaultThreads() {
        return Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));
    }

    /** Maps every item with up to {@link #defaultThreads()} threads; few items are mapped by the caller's own thread. */
    public static <T, R> List<R> map(Collection<T> items, Function<? super T, ? extends R> work) {
        return map(items, items.size() < WORTH_A_THREAD ? 1 : defaultThreads(), work);
    }

    /** Maps every item with up to {@code threads} threads. */
    public static <T, R> List<R> map(Collection<T> items, int threads, Function<? super T, ? extends R> work) {
        if (threads <= 1 || items.size() <= 1) {
            return inTurn(items, work);
        }
        return new Run<T, R>(items, work).on(Math.min(threads, items.size()));
    }

    private static <T, R> List<R> inTurn(Collection<T> items, Function<? super T, ? extends R> work) {
        List<R> results = new ArrayList<>(items.size());
        for (T item : items) {
            if (Thread.currentThread().isInterrupted()) {
                throw new OperationInterruptedException("working on files");
            }
            results.add(work.apply(item));
        }
        return results;
    }

    private static final class Run<T, R> {
        private final Iterator<T> items;
        private final Function<? super T, ? extends R> work;
        private final List<@Nullable R> results;
        private final AtomicBoolean stopped = new AtomicBoolean();
        private int next;
        private volatile @Nullable Throwable failure;

        Run(Collection<T> items, Function<? super T, ? extends R> work) {
            this.items = new ArrayList<>(items).iterator();
            this.work = work;
            this.results = new ArrayList<>(Collections.nCopies(items.size(), null));
        }

        List<R> on(int threads) {
            CountDownLatch done = new CountDownLatch(threads);
            List<Thread> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Thread worker = new Thread(() -> loop(done), "cairn-store-" + i);
                worker.setDaemon(true);
                worker.start();
                workers.add(worker);
            }
            await(done, workers);
            rethrow();
            @SuppressWarnings({"unchecked", "rawtypes"}) // filled by now
            List<R> complete = (List) results;
            return complete;
        }

        private void await(CountDownLatch done, List<Thread> workers) {
            try {
                done.await();
            } catch (InterruptedException e) {
                stopped.set(true);
                workers.forEach(Thread::interrupt);
                joinAll(done);
                throw new OperationInterruptedException("working on files");
            }
        }

        /** Workers touch files: they must have ended before the caller goes on. */
        private static void joinAll(CountDownLatch done) {
            boolean ended = false;
            while (!ended) {
                ended = awaitOnce(done);
            }
        }

        private static boolean awaitOnce(CountDownLatch done) {
            try {
                done.await();
                return true;
            } catch (InterruptedException again) {
                return false;
            }
        }

        private void rethrow() {
            Throwable thrown = failure;
            if (thrown instanceof RuntimeException exception) {
                throw exception;
            }
            if (thrown instanceof Error error) {
                throw error;
            }
        }

        private void loop(CountDownLatch done) {
            try {
                while (!stopped.get() && step()) {
                    // until no item is left
                }
            } catch (RuntimeException | Error e) {
                stopped.set(true);
                failure = e;
            } finally {
                done.countDown();
            }
        }

        private boolean step() {
            T item;
            int index;
            synchronized (this) {
                if (!items.hasNext()) {
                    return false;
                }
                item = items.next();
                index = next++;
            }
            R result = work.apply(item);
            synchronized (this) {
                results.set(index, result);
            }
            return true;
        }
    }
}

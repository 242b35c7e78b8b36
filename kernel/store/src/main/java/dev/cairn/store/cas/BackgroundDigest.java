package dev.cairn.store.cas;

import dev.cairn.store.hash.ContentDigest;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Hashes content on a thread of its own while the caller writes it, so that a large file takes the longer of the two and not their sum.
 * Both have the same bytes: what is hashed is what is written. For one caller.
 */
final class BackgroundDigest implements AutoCloseable {
    private static final int BUFFERS = 3;

    private final ContentDigest digest;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread worker = new Thread(task, "cairn-hash");
        worker.setDaemon(true);
        return worker;
    });
    private final Queue<byte[]> buffers = new ArrayDeque<>();
    private final Queue<Future<?>> hashing = new ArrayDeque<>();

    BackgroundDigest(HashName name) {
        this.digest = new ContentDigest(name);
    }

    /** A buffer to fill: a new one, or the one that was given first; waits until that is hashed. */
    byte[] freeBuffer() throws InterruptedException {
        if (buffers.size() < BUFFERS) {
            return new byte[ContentDigest.CHUNK];
        }
        await(hashing.remove());
        return buffers.remove();
    }

    /** Hashes the beginning of a {@link #freeBuffer()}. The caller may read it meanwhile, but not write to it. */
    void update(byte[] buffer, int length) {
        buffers.add(buffer);
        hashing.add(thread.submit(() -> digest.update(buffer, length)));
    }

    /** The hash of all that was given. */
    ContentHash finish() throws InterruptedException {
        while (!hashing.isEmpty()) {
            await(hashing.remove());
        }
        return digest.finish();
    }

    private static void await(Future<?> hashing) throws InterruptedException {
        try {
            hashing.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Hashing does not fail", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

package dev.cairn.engine.reproduce;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the signal file of DVC's checkpoint protocol: a stage creates {@code .dvc/tmp/DVC_CHECKPOINT} and goes on when it is gone.
 * The directory is watched, so that a signal is answered at once and not at the next look.
 */
final class CheckpointSignal implements AutoCloseable {
    static final String FILE_NAME = "DVC_CHECKPOINT";
    /** Where a file system tells nothing (some network ones), this is how often to look. */
    private static final long LOOK_MILLIS = 50;

    private final Path file;
    private final Runnable handler;
    private final WatchService watch;
    private final Thread thread;
    private volatile @Nullable RuntimeException failure;
    private final Runnable onFailure;

    /**
     * Starts to watch.
     *
     * @param handler records the checkpoint; on the watcher's thread, one call at a time
     * @param onFailure called once when the handler throws; {@link #close} throws it again
     */
    CheckpointSignal(Path temporaryDirectory, Runnable handler, Runnable onFailure) {
        this.file = temporaryDirectory.resolve(FILE_NAME);
        this.handler = handler;
        this.onFailure = onFailure;
        try {
            Files.deleteIfExists(file); // left by a run that was killed
            this.watch = file.getFileSystem().newWatchService();
            temporaryDirectory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot watch " + temporaryDirectory, e);
        }
        this.thread = new Thread(this::watch, "checkpoint signal");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            while (failure == null) {
                WatchKey key = watch.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
                answer();
            }
        } catch (ClosedWatchServiceException e) {
            // closed: the stage has ended, and close() looks once more
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void answer() {
        if (failure != null || !Files.exists(file)) {
            return;
        }
        try {
            handler.run();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            fail(new UncheckedIOException("cannot delete " + file, e));
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void fail(RuntimeException e) {
        failure = e;
        onFailure.run();
    }

    /** Stops, after a last look. Throws what the handler threw. */
    @Override
    public void close() {
        try {
            watch.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop watching for " + file, e);
        }
        answer();
        if (failure != null) {
            throw Objects.requireNonNull(failure);
        }
    }
}

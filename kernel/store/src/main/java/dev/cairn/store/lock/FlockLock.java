package dev.cairn.store.lock;

import java.nio.file.Path;
import java.time.Duration;

/** SKELETON. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class FlockLock implements AutoCloseable {
    private FlockLock() {}

    public static FlockLock acquire(Path file, Duration patience) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    @Override
    public void close() {}
}

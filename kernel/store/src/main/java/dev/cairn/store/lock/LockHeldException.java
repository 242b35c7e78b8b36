package dev.cairn.store.lock;

import dev.cairn.store.StoreException;
import java.nio.file.Path;
import java.util.Optional;

/** Another process, or another thread of this one, holds the lock. */
public final class LockHeldException extends StoreException {
    private final Path path;
    private final Optional<Long> pid;

    LockHeldException(Path path, Optional<Long> pid) {
        super(
                "Unable to acquire lock. Most likely another DVC process is running or was terminated abruptly"
                        + pid.map(p -> " (process " + p + ")").orElse("") + ": '" + path + "'.",
                "Wait for the other command to end, or stop it; the lock ends with its process.");
        this.path = path;
        this.pid = pid;
    }

    public Path path() {
        return path;
    }

    /** Who wrote the lock file last, which is the holder unless it is just starting. */
    public Optional<Long> pid() {
        return pid;
    }
}

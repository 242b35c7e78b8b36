package dev.cairn.engine.experiment;

import dev.cairn.engine.error.RepositoryBusyException;
import dev.cairn.engine.project.Project;
import dev.cairn.store.lock.FlockLock;
import dev.cairn.store.lock.LockHeldException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Keeps a second experiment out of the workspace for as long as one runs. The project's own lock is let go while a command runs; DVC lets
 * a second run reset the first one's refs then.
 */
final class ExperimentLock implements AutoCloseable {
    private final FlockLock lock;

    private ExperimentLock(FlockLock lock) {
        this.lock = lock;
    }

    /** Takes the lock, or throws before anything is touched. */
    static ExperimentLock acquire(Project project) {
        Path directory = project.temporaryDirectory().resolve("exps");
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + directory, e);
        }
        try {
            return new ExperimentLock(FlockLock.acquire(directory.resolve("workspace.lock"), Duration.ZERO));
        } catch (LockHeldException e) {
            throw new RepositoryBusyException(
                    "an experiment is running in this workspace%s; nothing was changed"
                            .formatted(
                                    e.pid().map(pid -> " (process " + pid + ")").orElse("")),
                    "Wait until it ends, or interrupt it: its checkpoints are kept.",
                    e);
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}

package dev.cairn.engine.project;

import dev.cairn.store.lock.FlockLock;
import org.jspecify.annotations.Nullable;

/** The project's lock, held by a command while it works and let go while a stage's own command runs, as DVC does. */
public final class ProjectLock implements AutoCloseable {
    private final Project project;
    private @Nullable FlockLock held;

    /** Takes the lock. */
    public ProjectLock(Project project) {
        this.project = project;
        this.held = project.lock();
    }

    /** What is done without the lock. */
    @FunctionalInterface
    public interface Action {
        void run() throws InterruptedException;
    }

    /** Does something without the lock, and takes it again. */
    public void whileReleased(Action action) throws InterruptedException {
        close();
        try {
            action.run();
        } finally {
            held = project.lock();
        }
    }

    @Override
    public void close() {
        if (held != null) {
            held.close();
            held = null;
        }
    }
}

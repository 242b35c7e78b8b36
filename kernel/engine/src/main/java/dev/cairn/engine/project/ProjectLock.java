package dev.cairn.engine.project;

import dev.cairn.engine.error.RepositoryBusyException;
import dev.cairn.store.lock.FlockLock;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The project's lock, held by a command while it works and let go while a stage's own command runs, as DVC does. */
public final class ProjectLock implements AutoCloseable {
    /** What a command has made is not given up because another command is at work when it ends. */
    private static final Duration PATIENCE_FOR_RESULTS = Duration.ofHours(1);

    /** A stage waits for its checkpoint; it does not wait for an upload to end. */
    private static final Duration PATIENCE_FOR_CHECKPOINTS = Duration.ofSeconds(30);

    private final Project project;
    private final Project cacheOwner;
    private volatile @Nullable FlockLock held;

    /** Takes the lock. */
    public ProjectLock(Project project) {
        this(project, project);
    }

    /**
     * Takes the lock of a project that is nobody's workspace.
     *
     * @param cacheOwner the project whose cache it uses
     */
    public ProjectLock(Project project, Project cacheOwner) {
        this.project = project;
        this.cacheOwner = cacheOwner;
        this.held = project.lock();
    }

    /** What is done without the lock. */
    @FunctionalInterface
    public interface Action {
        void run() throws InterruptedException;
    }

    /** A time in which nothing is removed from the cache. */
    @FunctionalInterface
    public interface CacheHold extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Does something without the lock, and takes it again.
     *
     * @param warnings told when another command has the lock then
     */
    public void whileReleased(Action action, Consumer<String> warnings) throws InterruptedException {
        close();
        try {
            action.run();
        } finally {
            held = takeAgain(warnings);
        }
    }

    private FlockLock takeAgain(Consumer<String> warnings) {
        try {
            return project.lock();
        } catch (RepositoryBusyException e) {
            warnings.accept("Waiting for another command on this project to end.");
            return project.lock(PATIENCE_FOR_RESULTS);
        }
    }

    /**
     * Keeps {@code gc}, DVC's too, from removing what is taken into the cache before a commit says that it is used. When another command
     * has the lock for long this goes on without, for that is hardly a {@code gc}.
     */
    public CacheHold holdCache() {
        if (cacheOwner.equals(project) && held != null) {
            return () -> {};
        }
        try {
            return cacheOwner.lock(PATIENCE_FOR_CHECKPOINTS)::close;
        } catch (RepositoryBusyException e) {
            return () -> {};
        }
    }

    /** Whether the cache is that of another project, whose {@code gc} does not look at this one. */
    public boolean isCacheForeign() {
        return !cacheOwner.equals(project);
    }

    @Override
    public void close() {
        FlockLock open = held;
        held = null;
        if (open != null) {
            open.close();
        }
    }
}

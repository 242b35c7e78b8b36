package dev.cairn.jupyter.extension;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** What a session's context keeps itself, whichever kernel runs it: where it stands, its environment, what to do at its end. */
public abstract class StandingContext implements KernelContext {
    private final Map<String, String> environment;
    private final Deque<Runnable> shutdownActions = new ArrayDeque<>();
    private volatile Path workingDirectory;

    /** A context that starts in a directory, with a copy of an environment. */
    protected StandingContext(Path workingDirectory, Map<String, String> environment) {
        this.workingDirectory = workingDirectory;
        this.environment = new ConcurrentSkipListMap<>(environment);
    }

    @Override
    public final Path workingDirectory() {
        return workingDirectory;
    }

    @Override
    public final void changeDirectory(Path directory) {
        workingDirectory = directory.toAbsolutePath().normalize();
    }

    @Override
    public final Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    @Override
    public final void setEnvironmentVariable(String name, @Nullable String value) {
        if (value == null) {
            environment.remove(name);
        } else {
            environment.put(name, value);
        }
    }

    @Override
    public final void onShutdown(Runnable action) {
        synchronized (shutdownActions) {
            shutdownActions.push(action);
        }
    }

    /** Runs what was asked for the end, the latest first, each once. */
    public final void runShutdownActions() {
        for (Runnable action = nextShutdownAction(); action != null; action = nextShutdownAction()) {
            action.run();
        }
    }

    private @Nullable Runnable nextShutdownAction() {
        synchronized (shutdownActions) {
            return shutdownActions.poll();
        }
    }
}

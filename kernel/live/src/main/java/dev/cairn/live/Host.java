package dev.cairn.live;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The JVM that training code runs in: its environment variables, and what a notebook has installed.
 *
 * <p>{@link #CURRENT} is the one piece of static state in Cairn. Training code calls {@link Checkpoint#make()} from wherever it is and has
 * nobody to hand it an object; tests make hosts of their own.
 */
final class Host {
    static final Host CURRENT = new Host(System.getenv(), SignalFile.Runner.ofThisProcess());

    private final Map<String, String> environment;
    private final Checkpoints checkpoints;
    private volatile Optional<Checkpoint.Recorder> recorder = Optional.empty();
    private volatile Live.Listener listener = Live.Listener.NONE;

    Host(Map<String, String> environment, SignalFile.Runner runner) {
        this.environment = Map.copyOf(environment);
        this.checkpoints = new Checkpoints(this, runner);
    }

    Checkpoints checkpoints() {
        return checkpoints;
    }

    Optional<Checkpoint.Recorder> recorder() {
        return recorder;
    }

    Live.Listener listener() {
        return listener;
    }

    synchronized Checkpoint.Installed installRecorder(Checkpoint.Recorder installed) {
        var previous = recorder;
        recorder = Optional.of(installed);
        return () -> recorder = previous;
    }

    synchronized Checkpoint.Installed installListener(Live.Listener installed) {
        var previous = listener;
        listener = installed;
        return () -> listener = previous;
    }

    /** Where relative paths of training code start. */
    Path directory() {
        return recorder.map(Checkpoint.Recorder::directory).orElse(Path.of(""));
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name));
    }

    /** True when the variable says yes, in the words that DVCLive takes for a yes. */
    boolean isOn(String name) {
        String value = environment.getOrDefault(name, "").toLowerCase(Locale.ROOT);
        return value.contains("1") || value.contains("y") || value.contains("true");
    }
}

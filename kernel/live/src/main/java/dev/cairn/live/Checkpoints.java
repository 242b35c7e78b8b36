package dev.cairn.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;

/** Makes the checkpoints of one host, one at a time, and keeps its tracked objects. */
final class Checkpoints {
    private final Host host;
    private final SignalFile.Runner runner;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final Map<String, TrackedObject> tracked = new LinkedHashMap<>();

    Checkpoints(Host host, SignalFile.Runner runner) {
        this.host = host;
        this.runner = runner;
    }

    void make() {
        makeWith(List.of(), Map.of());
    }

    /** @param logs directories with what was logged */
    void makeWith(List<Path> logs, Map<String, ? extends Number> metrics) {
        try {
            oneAtATime.lockInterruptibly();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        try {
            // A notebook may itself run in a checkpoint stage: its recorder knows what to do, the signal would not.
            Optional<Checkpoint.Recorder> recorder = host.recorder();
            if (recorder.isPresent()) {
                recorder.get().record(new CheckpointRequest(saveTracked(), logs, new LinkedHashMap<>(metrics)));
                return;
            }
            // DVC sets the variable for checkpoint stages only; elsewhere nobody would answer.
            if (host.variable("DVC_CHECKPOINT").isPresent()) {
                saveTracked();
                signalFile().signalAndWait();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (IOException e) {
            throw new UncheckedIOException("The checkpoint could not be made: " + e.getMessage(), e);
        } finally {
            oneAtATime.unlock();
        }
    }

    void track(String path, Checkpoint.Saver saver, Checkpoint.Loader loader) {
        if (path.isBlank()) {
            throw new IllegalArgumentException("The path of a tracked object is blank; give the file to save it to.");
        }
        Path normal = Path.of(path).normalize();
        if (normal.isAbsolute() || normal.startsWith("..") || normal.toString().isEmpty()) {
            throw new IllegalArgumentException("The path of a tracked object leads out of the project: '" + path
                    + "'. Give one below it, such as models/net.bin.");
        }
        synchronized (tracked) {
            tracked.put(path, new TrackedObject(path, saver, loader));
        }
    }

    void untrack(String path) {
        synchronized (tracked) {
            tracked.remove(path);
        }
    }

    List<Path> restoreTracked() {
        oneAtATime.lock();
        try {
            List<Path> loaded = new ArrayList<>();
            for (TrackedObject object : trackedObjects()) {
                Path file = host.directory().resolve(object.path());
                if (Files.exists(file)) {
                    object.loader().load(file);
                    loaded.add(file);
                }
            }
            return List.copyOf(loaded);
        } catch (IOException e) {
            throw new UncheckedIOException("A tracked object could not be loaded: " + e.getMessage(), e);
        } finally {
            oneAtATime.unlock();
        }
    }

    List<Path> save() {
        oneAtATime.lock();
        try {
            return saveTracked();
        } catch (IOException e) {
            throw new UncheckedIOException("A tracked object could not be saved: " + e.getMessage(), e);
        } finally {
            oneAtATime.unlock();
        }
    }

    private List<Path> saveTracked() throws IOException {
        List<Path> saved = new ArrayList<>();
        for (TrackedObject object : trackedObjects()) {
            Path file = host.directory().resolve(object.path());
            AtomicFile.replace(file, object.saver());
            saved.add(file);
        }
        return saved;
    }

    private List<TrackedObject> trackedObjects() {
        synchronized (tracked) {
            return List.copyOf(tracked.values());
        }
    }

    private SignalFile signalFile() {
        Path root = host.variable("DVC_ROOT").map(Path::of).orElseGet(Checkpoints::enclosingProject);
        return new SignalFile(root.resolve(".dvc").resolve("tmp").resolve("DVC_CHECKPOINT"), runner);
    }

    /** The project's directory, for the few runners that set no DVC_ROOT. */
    private static Path enclosingProject() {
        for (Path directory = Path.of("").toAbsolutePath(); directory != null; directory = directory.getParent()) {
            if (Files.isDirectory(directory.resolve(".dvc"))) {
                return directory;
            }
        }
        throw new IllegalStateException("DVC_CHECKPOINT is set, but DVC_ROOT is not and no directory above has a .dvc: "
                + "the checkpoint cannot be signalled. Set DVC_ROOT to the project's directory.");
    }

    private static CancellationException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        var cancelled = new CancellationException("Interrupted while a checkpoint was made.");
        cancelled.initCause(cause);
        return cancelled;
    }

    private record TrackedObject(String path, Checkpoint.Saver saver, Checkpoint.Loader loader) {}
}

package dev.cairn.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Records checkpoints from training code.
 *
 * <p>In the process of a pipeline stage {@link #make()} signals the program that runs the pipeline (Cairn or DVC 2.x) and returns when it
 * has recorded the stage's outputs. Outside a checkpoint stage it does nothing, so the same program can be run by hand. In a notebook the
 * kernel {@linkplain #install installs} a recorder, and {@code make()} calls that.
 *
 * <p>All methods may be called from any thread; checkpoints are made one after another.
 */
public final class Checkpoint {
    private Checkpoint() {}

    /**
     * Saves the tracked objects, then records a checkpoint. In a stage's process this returns when it is kept; in a notebook when it is
     * held, and it is recorded behind the training code, in order: the cell waits for that at its end. When recording one fails, the next
     * call says so, or the cell's end.
     *
     * @throws java.io.UncheckedIOException if a tracked object or the signal cannot be written
     * @throws IllegalStateException if the program that runs the pipeline has died, so that nobody would ever answer
     * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits; its interrupt flag stays set
     */
    public static void make() {
        Host.CURRENT.checkpoints().make();
    }

    /**
     * As {@link #make()}, with metrics that the checkpoint is shown with. A pipeline's stage has its metrics in files of its own: there they
     * are not needed, and do nothing.
     */
    public static void make(Map<String, ? extends Number> metrics) {
        Host.CURRENT.checkpoints().makeWith(List.of(), metrics);
    }

    /**
     * Saves an object at every checkpoint from now on. Tracking the same path again replaces the object.
     *
     * @param path where the object is saved, relative to the project's directory in a notebook and to the working directory elsewhere
     * @throws IllegalArgumentException if the path is blank, absolute, or leads out of there
     */
    public static void track(String path, Saver saver, Loader loader) {
        Host.CURRENT.checkpoints().track(path, saver, loader);
    }

    /** Saves the tracked objects now, and gives their files. For kernels, which record the workspace by other ways as well. */
    public static List<Path> saveTracked() {
        return Host.CURRENT.checkpoints().save();
    }

    /** Stops saving the object at this path; nothing happens if there is none. */
    public static void untrack(String path) {
        Host.CURRENT.checkpoints().untrack(path);
    }

    /**
     * Loads every tracked object whose file exists, as after going back to an earlier checkpoint.
     *
     * @return the files that were loaded
     */
    public static List<Path> restoreTracked() {
        return Host.CURRENT.checkpoints().restoreTracked();
    }

    /**
     * Lets a notebook take the checkpoints made in its JVM. Closing the result brings back the recorder that was there before.
     *
     * <p>For kernels, not for training code.
     */
    public static Installed install(Recorder recorder) {
        return Host.CURRENT.installRecorder(recorder);
    }

    /** Writes an object to a file that does not exist yet; the file then replaces the earlier one as a whole. */
    @FunctionalInterface
    public interface Saver {
        void save(Path path) throws IOException;
    }

    /** Reads an object from the file that its {@link Saver} wrote. */
    @FunctionalInterface
    public interface Loader {
        void load(Path path) throws IOException;
    }

    /** Records the checkpoints that code in a notebook makes. */
    @FunctionalInterface
    public interface Recorder {
        /** Records the workspace; called on the thread that makes the checkpoint. Failures are unchecked exceptions. */
        void record(CheckpointRequest request);

        /** The directory against which relative paths of training code are resolved. */
        default Path directory() {
            return Path.of("");
        }
    }

    /** Something installed for a time; closing it takes it out again. */
    public interface Installed extends AutoCloseable {
        @Override
        void close();
    }
}

package dev.cairn.jupyter.notebook;

import dev.cairn.jupyter.output.CellError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Hears how a run goes on, on the thread that runs it. */
public interface RunListener {
    /** Hears nothing. */
    RunListener NONE = new RunListener() {};

    /** A code cell begins; both numbers count code cells, from 1. */
    default void cellStarted(int number, int total, NotebookCell cell) {}

    /** A code cell ended; {@code error} is null when it succeeded. */
    default void cellFinished(int number, int total, Duration duration, @Nullable CellError error) {}
}

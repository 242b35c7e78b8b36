package dev.cairn.jupyter.maven;

import dev.cairn.jupyter.extension.CellOutput;
import dev.cairn.jupyter.extension.DisplayHandle;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;

/** Shows what goes on in one place of the cell's output; nothing when nothing takes time. */
final class ProgressDisplay implements DependencyResolver.Progress {
    private static final long PAUSE_NANOS = 100_000_000;

    private final CellOutput output;
    private @Nullable DisplayHandle handle;
    private long shownAt;

    ProgressDisplay(CellOutput output) {
        this.output = output;
    }

    @Override
    public synchronized void report(String activity) {
        long now = System.nanoTime();
        if (handle == null || now - shownAt >= PAUSE_NANOS) {
            shownAt = now;
            show(activity);
        }
    }

    /** Puts the outcome in the place of what was shown; says it below when nothing was. */
    synchronized void finish(String outcome) {
        if (handle != null) {
            show(outcome);
        } else if (!outcome.isEmpty()) {
            output.out().println(outcome);
        }
    }

    private void show(String text) {
        var data = new DisplayData(text);
        if (handle == null) {
            handle = output.display(data);
        } else {
            handle.update(data);
        }
    }
}

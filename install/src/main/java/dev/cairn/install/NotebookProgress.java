package dev.cairn.install;

import dev.cairn.jupyter.notebook.NotebookCell;
import dev.cairn.jupyter.notebook.RunListener;
import dev.cairn.jupyter.output.CellError;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A line for each cell: its number and beginning when it starts, how long it took when it ends. */
final class NotebookProgress implements RunListener {
    private static final int WIDTH = 70;

    private final PrintStream out;

    NotebookProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void cellStarted(int number, int total, NotebookCell cell) {
        String title = cell.source().strip().lines().findFirst().orElse("(empty)");
        String shown = title.length() > WIDTH ? title.substring(0, WIDTH) : title;
        out.print(String.format(Locale.ROOT, "  [%2d/%d] %s", number, total, shown));
        out.flush();
    }

    @Override
    public void cellFinished(int number, int total, Duration duration, @Nullable CellError error) {
        out.println(String.format(
                Locale.ROOT, "  (%.1f s%s)", duration.toMillis() / 1000.0, error == null ? "" : ", failed"));
    }
}

package dev.cairn.magics.session;

import dev.cairn.engine.experiment.CheckpointBacklog;
import dev.cairn.engine.experiment.SessionCheckpoints.Recorded;
import dev.cairn.jupyter.extension.CellOutput;
import dev.cairn.jupyter.extension.DisplayHandle;
import dev.cairn.magics.render.Text;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in a cell, in place, which of the checkpoints that its code makes are recorded. */
final class CheckpointProgress implements CheckpointBacklog.Listener {
    private static final long PERIOD_MILLIS = 100;

    private final Clock clock;
    private @Nullable CellOutput output;
    private @Nullable DisplayHandle display;
    private int first;
    private long shown;

    CheckpointProgress(Clock clock) {
        this.clock = clock;
    }

    /** What is recorded from now on is said there; a cell that is new to this gets a line of its own. */
    synchronized void in(Optional<CellOutput> cell) {
        CellOutput next = cell.orElse(null);
        if (output != next) {
            output = next;
            display = null;
            first = 0;
        }
    }

    @Override
    public synchronized void recorded(Recorded checkpoint, boolean isLast) {
        CellOutput cell = output;
        if (cell == null) {
            return;
        }
        if (first == 0) {
            first = checkpoint.number();
        }
        DisplayHandle line = display;
        boolean isDue = isLast || line == null || clock.millis() - shown >= PERIOD_MILLIS;
        if (!isDue) {
            return;
        }
        shown = clock.millis();
        Text text = Text.lines(describe(checkpoint));
        if (line == null) {
            display = cell.display(text);
        } else {
            line.update(text);
        }
    }

    private String describe(Recorded last) {
        String numbers =
                first == last.number() ? "Checkpoint " + first : "Checkpoints %d to %d".formatted(first, last.number());
        return "%s of '%s' recorded, the last as %s%s"
                .formatted(
                        numbers,
                        last.experiment().name(),
                        last.revision().substring(0, 7),
                        CheckpointMagic.metrics(last));
    }
}

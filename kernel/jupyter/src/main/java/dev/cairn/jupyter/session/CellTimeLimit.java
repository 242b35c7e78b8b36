package dev.cairn.jupyter.session;

import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import org.jspecify.annotations.Nullable;

/** Does something when a cell takes too long. */
final class CellTimeLimit implements AutoCloseable {
    private final @Nullable Timer timer;

    private CellTimeLimit(@Nullable Timer timer) {
        this.timer = timer;
    }

    /** Begins to wait; a duration of zero is no limit. */
    static CellTimeLimit start(Duration limit, Runnable action) {
        if (limit.isZero()) {
            return new CellTimeLimit(null);
        }
        var timer = new Timer("cairn-time-limit", true);
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        action.run();
                    }
                },
                limit.toMillis());
        return new CellTimeLimit(timer);
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.cancel();
        }
    }
}

package dev.cairn.magics.session;

import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.reproduce.RunListener;
import dev.cairn.jupyter.extension.CellOutput;
import dev.cairn.jupyter.extension.DisplayHandle;
import dev.cairn.magics.render.RunRendering;
import dev.cairn.magics.render.RunView;
import dev.cairn.magics.render.RunView.StageLine;
import dev.cairn.magics.render.RunView.State;
import dev.cairn.magics.render.StageLines;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run in its cell, in place: the display is replaced at most ten times a second, and always once more at the end. Nothing is shown
 * before the run has said something.
 */
final class LiveRun implements RunListener, AutoCloseable {
    private static final long PERIOD_MILLIS = 100;

    private final CellOutput output;
    private final Clock clock;
    private final long started;
    private final Map<String, Progress> stages = new LinkedHashMap<>();
    private final List<CheckpointEvent> checkpoints = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final OutputTail tail = new OutputTail();
    private final ScheduledExecutorService painter = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "run display");
        thread.setDaemon(true);
        return thread;
    });
    private final ScheduledFuture<?> painting;
    private String title;
    private String origin = "";
    private State state = State.RUNNING;
    private boolean isChanged;
    private boolean hasStarted;
    private @Nullable StageLines lines;
    private @Nullable DisplayHandle display;

    LiveRun(CellOutput output, Clock clock, String title) {
        this.output = output;
        this.clock = clock;
        this.started = clock.millis();
        this.title = title;
        this.painting = painter.scheduleWithFixedDelay(this::paintIfChanged, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static final class Progress {
        private State state = State.WAITING;
        private long started;
        private long ended;
    }

    @Override
    public synchronized void planned(List<Stage> planned) {
        planned.stream().filter(stage -> !stage.isData()).forEach(stage -> progress(stage.address()));
        changed();
    }

    @Override
    public synchronized void experimentStarted(ExperimentStart start) {
        title = "Experiment " + start.name();
        origin = switch (start.continuation()) {
            case NEW -> "";
            case RESUMED -> "goes on from " + shortRev(start.fromRevision());
            case FORKED -> "forks from " + start.from() + " at " + shortRev(start.fromRevision());
            case RESET -> "starts over";
        };
        changed();
    }

    private static String shortRev(String revision) {
        return revision.length() > 7 ? revision.substring(0, 7) : revision;
    }

    @Override
    public synchronized void stageSkipped(StageAddress stage) {
        if (!stage.isDataFile()) {
            progress(stage).state = State.SKIPPED;
            changed();
        }
    }

    @Override
    public synchronized void stageStarted(Stage stage, List<String> commands) {
        Progress progress = progress(stage.address());
        progress.state = State.RUNNING;
        progress.started = clock.millis();
        commands.forEach(command -> tail.line("> " + command));
        changed();
    }

    @Override
    public synchronized void stageRestored(StageAddress stage) {
        progress(stage).state = State.RESTORED;
        changed();
    }

    @Override
    public synchronized void stageFinished(StageAddress stage) {
        Progress progress = progress(stage);
        if (progress.state == State.RUNNING) {
            progress.state = State.DONE;
            progress.ended = clock.millis();
            changed();
        }
    }

    @Override
    public synchronized void output(StageAddress stage, byte[] bytes, boolean isError) {
        tail.append(lines == null ? bytes : lines.append(stage, bytes, isError), isError);
        changed();
    }

    @Override
    public synchronized void runsInParallel() {
        lines = new StageLines();
    }

    @Override
    public synchronized void outputEnded(StageAddress stage) {
        if (lines != null) {
            tail.append(lines.end(stage, false), false);
            tail.append(lines.end(stage, true), true);
            changed();
        }
    }

    @Override
    public synchronized void checkpointRecorded(CheckpointEvent event) {
        checkpoints.add(event);
        changed();
    }

    @Override
    public synchronized void warning(String message) {
        warnings.add(message);
        changed();
    }

    private Progress progress(StageAddress stage) {
        return stages.computeIfAbsent(stage.toString(), name -> new Progress());
    }

    private void changed() {
        isChanged = true;
        hasStarted = true;
    }

    /** How the run ended: what still ran ended so too. */
    synchronized void ended(State how) {
        state = how;
        for (Progress progress : stages.values()) {
            if (progress.state == State.RUNNING) {
                progress.state = how;
                progress.ended = clock.millis();
            }
        }
        isChanged = true;
    }

    private synchronized void paintIfChanged() {
        if (isChanged && hasStarted) {
            isChanged = false;
            paint();
        }
    }

    private void paint() {
        Object picture = new RunRendering(view()).display();
        if (display == null) {
            display = output.display(picture);
        } else {
            display.update(picture);
        }
    }

    private RunView view() {
        long now = clock.millis();
        List<StageLine> lines = new ArrayList<>();
        stages.forEach((name, progress) -> {
            long end = progress.ended > 0 ? progress.ended : now;
            double seconds = progress.started > 0 ? (end - progress.started) / 1000.0 : 0;
            lines.add(new StageLine(name, progress.state, seconds));
        });
        return new RunView(title, origin, state, (now - started) / 1000.0, lines, checkpoints, tail.lines(), warnings);
    }

    /** Shows the last state and ends. */
    @Override
    public void close() {
        painting.cancel(false);
        painter.shutdown();
        synchronized (this) {
            if (hasStarted) {
                paint();
            }
        }
    }
}

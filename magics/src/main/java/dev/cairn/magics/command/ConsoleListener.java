package dev.cairn.magics.command;

import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.reproduce.RunListener;
import dev.cairn.magics.render.StageLines;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prints what happens in a run in DVC's words. */
public final class ConsoleListener implements RunListener {
    private final PrintStream out;
    private final PrintStream err;
    private boolean isAfterWork;
    private @Nullable StageLines lines;

    public ConsoleListener(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public synchronized void experimentStarted(ExperimentStart start) {
        continuation(start).ifPresent(this::say);
        say(origin(start));
        say("Reproducing experiment '" + start.name() + "'");
    }

    /** What goes on from where. */
    private static String origin(ExperimentStart start) {
        String revision = start.fromRevision().substring(0, 7);
        return switch (start.continuation()) {
            case RESUMED -> "Going on from %s, the last checkpoint of '%s'.".formatted(revision, start.from());
            case FORKED -> "Going on from %s of '%s'.".formatted(revision, start.from());
            case RESET, NEW -> "Starting from %s.".formatted(revision);
        };
    }

    /** What DVC says of an experiment that is not new. */
    static Optional<String> continuation(ExperimentStart start) {
        return switch (start.continuation()) {
            case RESUMED -> Optional.of("Existing checkpoint experiment '" + start.from() + "' will be resumed");
            case FORKED -> Optional.of(
                    "Modified checkpoint experiment based on '" + start.from() + "' will be created");
            case RESET -> Optional.of("Any existing checkpoints will be reset and re-run.");
            case NEW -> Optional.empty();
        };
    }

    @Override
    public synchronized void stageSkipped(StageAddress stage) {
        part();
        say((stage.isDataFile() ? "'" + stage + "'" : "Stage '" + stage + "'") + " didn't change, skipping");
    }

    @Override
    public synchronized void stageStarted(Stage stage, List<String> commands) {
        part();
        say("Running stage '" + stage.address() + "':");
        commands.forEach(command -> say("> " + command));
        out.flush();
        isAfterWork = true;
    }

    @Override
    public synchronized void stageRestored(StageAddress stage) {
        part();
        say("Stage '" + stage + "' is cached - skipping run, checking out outputs");
        isAfterWork = true;
    }

    @Override
    public synchronized void stageVerified(Stage stage) {
        part();
        say((stage.isData() ? "Verifying data sources in stage: '" : "Verifying outputs in frozen stage: '")
                + stage.address() + "'");
        isAfterWork = true;
    }

    @Override
    public synchronized void pulling(Stage stage) {
        part();
        say("Pulling data for " + (stage.isData() ? "'" : "stage: '") + stage.address() + "'");
        isAfterWork = true;
    }

    @Override
    public synchronized void runsInParallel() {
        lines = new StageLines();
    }

    @Override
    public synchronized void output(StageAddress stage, byte[] bytes, boolean isError) {
        write(lines == null ? bytes : lines.append(stage, bytes, isError), isError);
    }

    @Override
    public synchronized void outputEnded(StageAddress stage) {
        if (lines != null) {
            write(lines.end(stage, false), false);
            write(lines.end(stage, true), true);
        }
    }

    private void write(byte[] bytes, boolean isError) {
        PrintStream stream = isError ? err : out;
        stream.write(bytes, 0, bytes.length);
        stream.flush();
    }

    @Override
    public synchronized void lockFileWritten(String path, boolean created) {
        if (created) {
            say("Generating lock file '" + path + "'");
        }
        say("Updating lock file '" + path + "'");
    }

    @Override
    public synchronized void checkpointRecorded(CheckpointEvent event) {
        say("Checkpoint experiment iteration '" + event.revision().substring(0, 7) + "'.");
        out.flush();
    }

    @Override
    public synchronized void warning(String message) {
        out.flush();
        err.print("WARNING: " + message + "\n");
    }

    @Override
    public synchronized void message(String message) {
        say(message);
    }

    /** An empty line stands behind each stage that did something, but not behind the last. */
    private void part() {
        if (isAfterWork) {
            say("");
            isAfterWork = false;
        }
    }

    private void say(String line) {
        out.print(line + "\n");
    }
}

package dev.cairn.jupyter.session;

import dev.cairn.jupyter.output.OutputArea;
import dev.cairn.jupyter.project.ProjectSettings;
import dev.cairn.jupyter.project.StartCell;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Does what the project asks for, ahead of the first cell: no earlier, since to open a notebook is not to trust what lies
 * beside it.
 */
final class ProjectStart {
    private final SessionSettings settings;
    private final CellRunner runner;
    private final Runnable interrupt;
    private @Nullable ProjectSettings project;
    private boolean isStarted;

    /** Runs code as a cell. */
    @FunctionalInterface
    interface CellRunner {
        Object run(String code) throws Exception;
    }

    ProjectStart(SessionSettings settings, CellRunner runner, Runnable interrupt) {
        this.settings = settings;
        this.runner = runner;
        this.interrupt = interrupt;
    }

    /** Ends the cell when the project's time limit is over; until closed. */
    CellTimeLimit limit(OutputArea output) {
        Duration limit = project().timeLimit().orElse(Duration.ZERO);
        return CellTimeLimit.start(limit, () -> {
            output.err()
                    .println(
                            "The cell took longer than " + limit.toMillis() / 1000.0 + " s, the project's time limit.");
            interrupt.run();
        });
    }

    // Once; a failure is that of the cell that runs now.
    synchronized void startOnce(OutputArea output) throws Exception {
        if (isStarted) {
            return;
        }
        isStarted = true;
        project().warning().ifPresent(output.err()::println);
        for (StartCell cell : project().startCells()) {
            boolean isDone = false;
            try {
                runner.run(cell.code());
                isDone = true;
            } finally {
                if (!isDone) {
                    output.err().println("While the project's settings were applied (" + cell.origin() + "):");
                }
            }
        }
    }

    private synchronized ProjectSettings project() {
        ProjectSettings read = project;
        if (read == null) {
            read = ProjectSettings.of(settings.workingDirectory(), settings.environment());
            project = read;
        }
        return read;
    }
}

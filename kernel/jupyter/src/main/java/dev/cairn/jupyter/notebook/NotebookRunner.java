package dev.cairn.jupyter.notebook;

import com.google.gson.JsonObject;
import dev.cairn.jupyter.output.CellError;
import dev.cairn.jupyter.session.ExecuteReply;
import dev.cairn.jupyter.session.ExecuteRequest;
import dev.cairn.jupyter.session.KernelSession;
import dev.cairn.jupyter.session.LanguageInfo;
import dev.cairn.jupyter.session.SessionSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Runs notebooks in this process, without Jupyter, through the very session the kernel uses. */
public final class NotebookRunner {
    private static final String MAY_FAIL = "raises-exception";

    private final SessionSettings settings;
    private final RunListener listener;

    /** Makes a runner; every run has a fresh session with these settings. */
    public NotebookRunner(SessionSettings settings, RunListener listener) {
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Runs all code cells in order, up to the first that fails; a cell tagged {@code raises-exception} may fail.
     *
     * @return the notebook with the outputs of this run; cells that were not reached have none
     * @throws NotebookException when the parameters do not fit
     */
    public NotebookRun run(Notebook notebook, RunOptions options) {
        Notebook prepared = new Parameters(options.parameters()).inject(notebook);
        var timer = new ScheduledThreadPoolExecutor(1);
        try (var session = new KernelSession(settings)) {
            return new Run(prepared, options, session, timer).run();
        } finally {
            timer.shutdownNow();
        }
    }

    private final class Run {
        private final Notebook notebook;
        private final RunOptions options;
        private final KernelSession session;
        private final ScheduledExecutorService timer;
        private final Displays displays = new Displays();
        private final List<CellOutputs> outputs = new ArrayList<>();
        private final List<Integer> counts = new ArrayList<>();
        private final int total;
        private int failedCell = -1;
        private @Nullable CellError failure;

        Run(Notebook notebook, RunOptions options, KernelSession session, ScheduledExecutorService timer) {
            this.notebook = notebook;
            this.options = options;
            this.session = session;
            this.timer = timer;
            total = (int) notebook.cells().stream().filter(Run::isRunnable).count();
        }

        NotebookRun run() {
            int number = 0;
            for (int i = 0; i < notebook.cells().size(); i++) {
                NotebookCell cell = notebook.cells().get(i);
                var sink = new CellOutputs(displays);
                outputs.add(sink);
                boolean isReached = isRunnable(cell) && failure == null;
                counts.add(isReached ? runCell(i, ++number, cell, sink) : 0);
            }
            return new NotebookRun(result(), failedCell, failure);
        }

        private int runCell(int index, int number, NotebookCell cell, CellOutputs sink) {
            listener.cellStarted(number, total, cell);
            long start = System.nanoTime();
            ExecuteReply reply = executeInTime(cell, sink);
            listener.cellFinished(number, total, Duration.ofNanos(System.nanoTime() - start), reply.error());
            boolean mayFail = options.allowsErrors() || cell.tags().contains(MAY_FAIL);
            if (reply.error() != null && !mayFail) {
                failure = reply.error();
                failedCell = index;
            }
            return reply.executionCount();
        }

        private ExecuteReply executeInTime(NotebookCell cell, CellOutputs sink) {
            Duration limit = options.cellTimeout();
            if (limit == null) {
                return session.execute(ExecuteRequest.of(cell.source()), sink);
            }
            session.awaitStart();
            var isOver = new AtomicBoolean();
            var alarm = timer.schedule(
                    () -> {
                        isOver.set(true);
                        session.interrupt();
                    },
                    limit.toMillis(),
                    TimeUnit.MILLISECONDS);
            ExecuteReply reply = session.execute(ExecuteRequest.of(cell.source()), sink);
            alarm.cancel(false);
            if (reply.isOk() || !isOver.get()) {
                return reply;
            }
            String message = "The cell took longer than " + limit.toMillis() / 1000.0 + " seconds";
            return reply.failedWith(new CellError("CellTimeout", message, List.of(message)));
        }

        private Notebook result() {
            List<NotebookCell> cells = new ArrayList<>();
            for (int i = 0; i < notebook.cells().size(); i++) {
                NotebookCell cell = notebook.cells().get(i);
                boolean isCode = cell.type() == NotebookCell.Type.CODE;
                cells.add(isCode ? cell.with(counts.get(i), outputs.get(i).snapshot()) : cell);
            }
            JsonObject metadata = notebook.metadata().deepCopy();
            metadata.add("language_info", LanguageInfo.json());
            return new Notebook(cells, metadata, notebook.minorFormat());
        }

        private static boolean isRunnable(NotebookCell cell) {
            return cell.type() == NotebookCell.Type.CODE && !cell.source().isBlank();
        }
    }
}

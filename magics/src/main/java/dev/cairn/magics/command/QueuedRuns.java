package dev.cairn.magics.command;

import dev.cairn.engine.experiment.QueueControl;
import dev.cairn.engine.experiment.QueueRunner;
import dev.cairn.engine.experiment.QueueRunner.Done;
import dev.cairn.engine.project.Environment;
import dev.cairn.engine.project.Project;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs what waits in the queue within this process, several at a time ({@code exp run --run-all}). */
final class QueuedRuns {
    private final Environment environment;
    private final Map<String, String> stageEnvironment;
    private final PrintStream out;
    private final List<Done> done = Collections.synchronizedList(new ArrayList<>());

    private QueuedRuns(CommandIo io) {
        this.environment = io.environment();
        this.stageEnvironment = io.stageEnvironment();
        this.out = io.out();
    }

    /** Runs all, prints what they print, and tells their names. */
    static @Nullable Object run(CommandContext context, int jobs) throws InterruptedException {
        QueuedRuns runs = new QueuedRuns(context.io());
        QueueControl control = new QueueControl(context.project());
        boolean isEmpty = control.items().stream().noneMatch(item -> item.state() == QueueControl.State.QUEUED);
        if (isEmpty) {
            return null;
        }
        try (QueueControl.Worker worker = control.work()) {
            runs.runAll(Math.max(1, jobs), worker);
        }
        List<String> failed = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Done one : runs.done) {
            (one.problem() == null ? names : failed).add(one.name());
        }
        if (!failed.isEmpty()) {
            context.io()
                    .err()
                    .print("ERROR: Failed to reproduce experiment(s) '%s'\n".formatted(String.join(", ", failed)));
        }
        return names.isEmpty() ? null : context.answer(List.copyOf(names), () -> ending(names));
    }

    /** What DVC prints when the workspace has not got the results. */
    static String ending(List<String> names) {
        return "\nRan experiment(s): " + String.join(", ", names)
                + "\nTo apply the results of an experiment to your workspace run:\n\n\tdvc exp apply <exp>\n"
                + "\nTo promote an experiment to a Git branch run:\n\n\tdvc exp branch <exp> <branch>\n\n";
    }

    private void runAll(int jobs, QueueControl.Worker worker) throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(jobs);
        try {
            for (Future<?> work : workers.invokeAll(Collections.nCopies(jobs, () -> work(worker)))) {
                work.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException problem
                    ? problem
                    : new IllegalStateException("a worker of the queue failed", e.getCause());
        } finally {
            // An interrupted run puts its experiment back before it ends.
            workers.shutdownNow();
            var unused = workers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        }
    }

    private @Nullable Void work(QueueControl.Worker worker) throws InterruptedException {
        try (Project project = Project.open(environment)) {
            QueueRunner runner = new QueueRunner(project, stageEnvironment, this::listener);
            Optional<Done> next = runner.runNext();
            while (next.isPresent()) {
                done.add(next.get());
                next = worker.isStopRequested() ? Optional.empty() : runner.runNext();
            }
        }
        return null;
    }

    private ConsoleListener listener(OutputStream log) {
        PrintStream both = new PrintStream(new Both(log, out), true, StandardCharsets.UTF_8);
        return new ConsoleListener(both, both);
    }

    /** Writes to the log, and prints. */
    private static final class Both extends OutputStream {
        private final OutputStream log;
        private final PrintStream out;

        Both(OutputStream log, PrintStream out) {
            this.log = log;
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            log.write(bytes, offset, length);
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            log.flush();
            out.flush();
        }
    }
}

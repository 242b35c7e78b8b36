package dev.cairn.magics.session;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.experiment.ExperimentResult;
import dev.cairn.engine.project.Environment;
import dev.cairn.engine.reproduce.ReproduceResult;
import dev.cairn.engine.reproduce.RunListener;
import dev.cairn.jupyter.extension.CellOutput;
import dev.cairn.jupyter.extension.KernelContext;
import dev.cairn.jupyter.extension.MagicException;
import dev.cairn.magics.command.CommandFailure;
import dev.cairn.magics.command.CommandIo;
import dev.cairn.magics.command.CommandLineInterface;
import dev.cairn.magics.command.ConsoleQuestion;
import dev.cairn.magics.command.OpenProjects;
import dev.cairn.magics.render.RunView.State;
import dev.cairn.magics.render.Text;
import dev.cairn.store.StoreException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The engine as one kernel uses it: its projects stay open from cell to cell. Commands run one at a time. */
final class EngineSession implements AutoCloseable {
    private final KernelContext kernel;
    private final Clock clock;
    private final RandomGenerator random;
    private final OpenProjects projects = new OpenProjects();
    private final CommandLineInterface commands = new CommandLineInterface(projects);
    private final Map<Path, SessionRecorder> recorders = new LinkedHashMap<>();

    EngineSession(KernelContext kernel, Clock clock, RandomGenerator random) {
        this.kernel = kernel;
        this.clock = clock;
        this.random = random;
    }

    CommandLineInterface commands() {
        return commands;
    }

    Environment environment() {
        return new Environment(
                kernel.workingDirectory().toAbsolutePath().normalize(), kernel.environment(), clock, random);
    }

    CommandIo io(CellOutput output, RunListener listener) {
        return new CommandIo(
                output.out(),
                output.err(),
                environment(),
                LiveLibrary.onClassPath(kernel.environment()),
                false,
                true,
                listener,
                new ConsoleQuestion(output.out(), System.in));
    }

    /** Where nothing is shown: for completion. */
    CommandIo silentIo(CellOutput output) {
        return io(output, RunListener.SILENT);
    }

    /** Runs a command for a cell: messages are printed, values returned, failures become plain errors. */
    synchronized @Nullable Object run(List<String> words, CellOutput output) {
        Object value;
        try {
            settle();
            value = evaluate(words, output);
        } catch (CommandFailure e) {
            throw failure(e.getMessage(), e.hint(), e);
        } catch (EngineException e) {
            throw failure(e.getMessage(), e.hint(), e);
        } catch (StoreException e) {
            throw failure(message(e), e.hint().orElse(""), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        boolean wasStopped = Thread.interrupted() || isInterrupted(value);
        if (wasStopped) {
            throw interrupted(null); // a loop around the run ends as well
        }
        if (value instanceof Text text && !text.isMarkdown()) {
            output.out().print(text.text());
            return null;
        }
        return value;
    }

    private @Nullable Object evaluate(List<String> words, CellOutput output) throws InterruptedException {
        LiveRun live = new LiveRun(output, clock, String.join(" ", words.subList(0, Math.min(1, words.size()))));
        State end = State.FAILED;
        try {
            Object value = commands.evaluate(words, io(output, live));
            end = isInterrupted(value) ? State.INTERRUPTED : State.DONE;
            return value;
        } catch (InterruptedException e) {
            end = State.INTERRUPTED;
            throw e;
        } finally {
            live.ended(end);
            live.close();
        }
    }

    /** A run that ended early with its checkpoints kept: a loop around it must end as well. */
    private static boolean isInterrupted(@Nullable Object value) {
        ReproduceResult run = value instanceof ExperimentResult experiment
                ? experiment.run()
                : value instanceof ReproduceResult result ? result : null;
        return run != null
                && run.interruptionIfAny()
                        .map(ReproduceResult.Interruption::byUser)
                        .orElse(false);
    }

    private static MagicException interrupted(@Nullable InterruptedException cause) {
        return new MagicException(
                "Interrupted",
                "The run was stopped. Every checkpoint made before is kept, and the workspace is as it was then.",
                "`exp run` goes on from there.",
                cause);
    }

    static String message(StoreException e) {
        return Objects.requireNonNullElse(e.getMessage(), e.toString());
    }

    static MagicException failure(String message, String hint, Throwable cause) {
        return new MagicException("ERROR", message, hint.isEmpty() ? null : hint, cause);
    }

    /** What records checkpoints of this session in the project around the working directory. */
    synchronized SessionRecorder recorder() {
        var project = projects.project(environment());
        return recorders.computeIfAbsent(project.root(), root -> new SessionRecorder(project, clock));
    }

    /** Waits until every checkpoint that code has made is recorded; fails when one was not. */
    void settle() throws InterruptedException {
        List<SessionRecorder> all;
        synchronized (this) {
            all = List.copyOf(recorders.values());
        }
        for (SessionRecorder recorder : all) {
            recorder.settle();
        }
    }

    @Override
    public synchronized void close() {
        recorders.values().forEach(SessionRecorder::close);
        recorders.clear();
        projects.close();
    }
}

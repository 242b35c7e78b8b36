package dev.cairn.magics.session;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.experiment.ApplyResult;
import dev.cairn.engine.experiment.ExperimentRef;
import dev.cairn.engine.experiment.ExperimentTable;
import dev.cairn.engine.experiment.SessionCheckpoints;
import dev.cairn.engine.experiment.SessionCheckpoints.Recorded;
import dev.cairn.engine.experiment.SessionCheckpoints.Resumed;
import dev.cairn.jupyter.extension.CellMagic;
import dev.cairn.jupyter.extension.CompletionRequest;
import dev.cairn.jupyter.extension.KernelContext;
import dev.cairn.jupyter.extension.LineMagic;
import dev.cairn.jupyter.extension.MagicCall;
import dev.cairn.jupyter.extension.MagicException;
import dev.cairn.live.Checkpoint;
import dev.cairn.live.CheckpointRequest;
import dev.cairn.store.StoreException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code %checkpoint} and {@code %%checkpoint}: records the workspace, or goes back to what was recorded. */
final class CheckpointMagic implements LineMagic, CellMagic {
    private final EngineSession session;

    CheckpointMagic(EngineSession session) {
        this.session = session;
    }

    @Override
    public @Nullable Object run(MagicCall call) throws InterruptedException {
        List<String> words = call.words();
        switch (words.isEmpty() ? "" : words.get(0)) {
            case "list" -> {
                return list(call);
            }
            case "du" -> {
                return session.run(
                        Stream.concat(Stream.of("checkpoint"), words.stream()).toList(), call.output());
            }
            case "resume" -> resume(call, words);
            case "new" -> {
                orFail(() -> {
                    session.recorder().startNew();
                    return "";
                });
                say(call, "The next checkpoint starts a new experiment, with the workspace as it is.");
            }
            case "reset" -> {
                ApplyResult applied = orFail(() -> session.recorder().reset());
                say(
                        call,
                        "The workspace is as in commit %s; what it had is kept in refs/exps/apply/stash."
                                .formatted(shortId(applied)));
                say(call, "The next checkpoint starts a new experiment from there.");
            }
            case "--help", "-h" -> call.output().out().print(CheckpointArguments.HELP);
            default -> record(call, words);
        }
        return null;
    }

    @Override
    public @Nullable Object run(MagicCall call, String body) throws Exception {
        CheckpointArguments.parse(call.words(), List.of(), ""); // a mistake is told before the cell runs
        Object value = call.kernel().runCell(body);
        record(call, call.words());
        return value;
    }

    private void record(MagicCall call, List<String> words) throws InterruptedException {
        CheckpointArguments.parse(words, List.of(), "");
        Recorded recorded = orFail(() -> {
            SessionRecorder recorder = session.recorder();
            recorder.settle();
            List<String> tracked =
                    Checkpoint.saveTracked().stream().map(Path::toString).toList();
            return recorder.record(CheckpointArguments.parse(words, tracked, cells(call.kernel())));
        });
        call.output().out().print(describe(recorded));
    }

    /** The source of the cells run so far, under their numbers. */
    static String cells(KernelContext kernel) {
        List<String> cells = kernel.executedCells();
        return IntStream.range(0, cells.size())
                .mapToObj(i -> "// [" + (i + 1) + "]\n" + cells.get(i).stripTrailing() + "\n")
                .collect(Collectors.joining("\n"));
    }

    static String describe(Recorded recorded) {
        String from = recorded.from().isEmpty() ? "" : " (" + recorded.from() + ")";
        return "Checkpoint %d of '%s'%s: %s%s\n"
                .formatted(
                        recorded.number(),
                        recorded.experiment().name(),
                        from,
                        recorded.revision().substring(0, 7),
                        metrics(recorded));
    }

    static String metrics(Recorded recorded) {
        return recorded.metrics().entrySet().stream()
                .map(e -> "  " + e.getKey() + " " + e.getValue())
                .collect(Collectors.joining());
    }

    private @Nullable Object list(MagicCall call) throws InterruptedException {
        Optional<ExperimentRef> current = orFail(() -> session.recorder().current());
        if (current.isEmpty()) {
            say(
                    call,
                    "This session has no experiment yet: `%checkpoint` starts one, `%checkpoint resume` goes on with the last.");
            return null;
        }
        Object shown = session.run(List.of("exp", "show", "--drop", "Executor"), call.output());
        return shown instanceof ExperimentTable table ? table.only(current.get().name()) : shown;
    }

    private void resume(MagicCall call, List<String> words) throws InterruptedException {
        if (words.size() > 2) {
            throw new MagicException(
                    "ERROR", "`checkpoint resume` takes one checkpoint", "`checkpoint list` shows them.");
        }
        Resumed resumed =
                orFail(() -> session.recorder().resume(words.stream().skip(1).findFirst()));
        List<Path> loaded = Checkpoint.restoreTracked();
        ResumeReport.of(
                        resumed,
                        loaded,
                        call.kernel().workingDirectory(),
                        call.kernel().executedCells())
                .forEach(line -> say(call, line));
    }

    private static void say(MagicCall call, String line) {
        call.output().out().print(line + "\n");
    }

    static String shortId(ApplyResult applied) {
        return applied.revision().substring(0, 7);
    }

    /** Something that waits for checkpoints to be recorded. */
    interface Action<T> {
        T run() throws InterruptedException;
    }

    static <T> T orFail(Action<T> action) throws InterruptedException {
        try {
            return action.run();
        } catch (EngineException e) {
            throw EngineSession.failure(e.getMessage(), e.hint(), e);
        } catch (StoreException e) {
            throw EngineSession.failure(EngineSession.message(e), e.hint().orElse(""), e);
        } catch (UncheckedIOException e) {
            throw EngineSession.failure(String.valueOf(e.getMessage()), "", e);
        }
    }

    @Override
    public List<String> complete(CompletionRequest request) {
        return Stream.of("list", "resume", "new", "reset", "du", "-n", "-m", "-o")
                .filter(word -> word.startsWith(request.word()))
                .toList();
    }

    @Override
    public Optional<String> help(String arguments) {
        return Optional.of(CheckpointArguments.HELP);
    }

    /** For {@code Checkpoint.make()} in a cell. */
    void recordFromCode(KernelContext kernel, CheckpointRequest request) {
        try {
            orFail(() -> {
                session.recorder()
                        .recordBehind(
                                new SessionCheckpoints.Request(
                                        null,
                                        null,
                                        texts(request.trackedFiles()),
                                        texts(request.logs()),
                                        new LinkedHashMap<>(request.metrics()),
                                        cells(kernel)),
                                kernel.currentOutput());
                return "";
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var cancelled = new CancellationException("Interrupted while a checkpoint waited to be recorded.");
            cancelled.initCause(e);
            throw cancelled;
        }
    }

    private static List<String> texts(List<Path> paths) {
        return paths.stream().map(Path::toString).toList();
    }
}

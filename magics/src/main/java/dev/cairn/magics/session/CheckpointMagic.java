package dev.cairn.magics.session;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.experiment.ApplyResult;
import dev.cairn.engine.experiment.ExperimentRef;
import dev.cairn.engine.experiment.SessionCheckpoints;
import dev.cairn.engine.experiment.SessionCheckpoints.Recorded;
import dev.cairn.jupyter.extension.CellMagic;
import dev.cairn.jupyter.extension.CompletionRequest;
import dev.cairn.jupyter.extension.KernelContext;
import dev.cairn.jupyter.extension.LineMagic;
import dev.cairn.jupyter.extension.MagicCall;
import dev.cairn.jupyter.extension.MagicException;
import dev.cairn.live.Checkpoint;
import dev.cairn.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
            case "new", "reset" -> {
                orFail(session::checkpoints).startNew();
                call.output().out().print("The next checkpoint starts a new experiment.\n");
            }
            case "--help", "-h" -> call.output().out().print(CheckpointArguments.HELP);
            default -> record(call, words);
        }
        return null;
    }

    @Override
    public @Nullable Object run(MagicCall call, String body) throws Exception {
        Object value = call.kernel().runCell(body);
        record(call, call.words());
        return value;
    }

    private void record(MagicCall call, List<String> words) {
        SessionCheckpoints.Request request = CheckpointArguments.parse(words, cells(call.kernel()));
        Recorded recorded = orFail(() -> session.checkpoints().record(request));
        call.output().out().print(describe(recorded));
    }

    static String cells(KernelContext kernel) {
        List<String> cells = kernel.executedCells();
        return java.util.stream.IntStream.range(0, cells.size())
                .mapToObj(i -> "// [" + (i + 1) + "]\n" + cells.get(i).stripTrailing() + "\n")
                .collect(Collectors.joining("\n"));
    }

    static String describe(Recorded recorded) {
        String metrics = recorded.metrics().entrySet().stream()
                .map(e -> "  " + e.getKey() + " " + e.getValue())
                .collect(Collectors.joining());
        String from = recorded.from().isEmpty() ? "" : " (" + recorded.from() + ")";
        return "Checkpoint %d of '%s'%s: %s%s\n"
                .formatted(
                        recorded.number(),
                        recorded.experiment().name(),
                        from,
                        recorded.revision().substring(0, 7),
                        metrics);
    }

    private @Nullable Object list(MagicCall call) throws InterruptedException {
        Optional<ExperimentRef> current = orFail(session::checkpoints).current();
        if (current.isEmpty()) {
            call.output().out().print("This session has no experiment yet: `checkpoint` starts one.\n");
            return null;
        }
        return session.run(List.of("exp", "show", "--drop", "Executor"), call.output());
    }

    private void resume(MagicCall call, List<String> words) {
        if (words.size() != 2) {
            throw new MagicException(
                    "ERROR", "`checkpoint resume` takes one checkpoint", "`checkpoint list` shows them.");
        }
        ApplyResult applied = orFail(() -> session.checkpoints().resume(words.get(1)));
        List<?> loaded = Checkpoint.restoreTracked();
        String objects = loaded.isEmpty()
                ? ""
                : ", " + loaded.size() + (loaded.size() == 1 ? " object" : " objects") + " loaded";
        call.output()
                .out()
                .print("Back at %s%s. The next checkpoint goes on from there.\n"
                        .formatted(applied.revision().substring(0, 7), objects));
    }

    static <T> T orFail(Supplier<T> action) {
        try {
            return action.get();
        } catch (EngineException e) {
            throw EngineSession.failure(e.getMessage(), e.hint(), e);
        } catch (StoreException e) {
            throw EngineSession.failure(EngineSession.message(e), e.hint().orElse(""), e);
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

    /** For {@code Checkpoint.make()} in a cell: what it would say goes nowhere, since training code may call it often. */
    void recordFromCode(KernelContext kernel, List<String> trackedFiles) {
        orFail(() -> session.checkpoints()
                .record(new SessionCheckpoints.Request(null, null, trackedFiles, Map.of(), cells(kernel))));
    }
}

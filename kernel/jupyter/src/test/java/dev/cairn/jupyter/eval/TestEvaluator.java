package dev.cairn.jupyter.eval;

import dev.cairn.jupyter.output.CellError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** An evaluator with the imports of a session, and short ways to run cells on it. */
final class TestEvaluator implements AutoCloseable {
    final UserThreads threads = new UserThreads();
    final List<String> warnings = new ArrayList<>();
    final JavaEvaluator evaluator;
    private int cell;

    TestEvaluator() {
        evaluator = new JavaEvaluator(
                System.getProperty("java.class.path"), TestEvaluator.class.getClassLoader(), Map.of(), threads);
        run("import java.util.*; import java.util.stream.*; import java.util.function.*; import java.io.*;");
        run("import static dev.cairn.jupyter.eval.Probe.*;");
    }

    /** Runs a cell; gives the value of its last expression. */
    @Nullable
    Object run(String code) {
        threads.beginCell();
        try {
            return evaluator
                    .run(code, new SourcePosition(++cell, 1, 0), warnings::add)
                    .orElse(null);
        } catch (CodeFailure e) {
            throw new AssertionError(plain(e.error()), e);
        }
    }

    /** Runs a cell on a thread of its own; the future ends as the cell does. */
    CompletableFuture<@Nullable Object> start(String code) {
        return CompletableFuture.supplyAsync(() -> run(code), task -> new Thread(task, "test-cell").start());
    }

    /** Runs a cell that fails. */
    CellError error(String code) {
        threads.beginCell();
        try {
            evaluator.run(code, new SourcePosition(++cell, 1, 0), warnings::add);
        } catch (CodeFailure e) {
            return e.error();
        }
        throw new AssertionError("The cell did not fail: " + code);
    }

    static String plain(CellError error) {
        return String.join("\n", error.traceback()).replaceAll("\u001b\\[[0-9;]*m", "");
    }

    /** What a cell on another thread ended with. */
    static @Nullable Throwable failure(CompletableFuture<?> cell) {
        try {
            cell.join();
            return null;
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    @Override
    public void close() {
        evaluator.close();
        threads.close();
    }
}

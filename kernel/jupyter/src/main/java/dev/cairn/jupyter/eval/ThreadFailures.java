package dev.cairn.jupyter.eval;

import dev.cairn.jupyter.output.CellScope;
import dev.cairn.jupyter.output.StandardStreams;
import java.io.PrintStream;
import java.lang.Thread.UncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;

/** Shows what ended a thread below the cell that started the thread. In force until closed. */
final class ThreadFailures implements AutoCloseable {
    private final ExceptionReport report;
    private final @Nullable UncaughtExceptionHandler previous = Thread.getDefaultUncaughtExceptionHandler();

    ThreadFailures(ExceptionReport report) {
        this.report = report;
        Thread.setDefaultUncaughtExceptionHandler(this::show);
    }

    @Override
    public void close() {
        Thread.setDefaultUncaughtExceptionHandler(previous);
    }

    private void show(Thread thread, Throwable thrown) {
        if (thrown instanceof ThreadDeath) {
            return;
        }
        PrintStream out =
                CellScope.current().map(scope -> scope.output().err()).orElseGet(StandardStreams::processError);
        out.println("Exception in thread \"" + thread.getName() + "\"");
        report.of(thrown, null).traceback().forEach(out::println);
    }
}

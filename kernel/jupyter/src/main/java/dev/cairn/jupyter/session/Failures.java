package dev.cairn.jupyter.session;

import dev.cairn.jupyter.eval.Ansi;
import dev.cairn.jupyter.eval.CellInterruptedException;
import dev.cairn.jupyter.eval.CodeFailure;
import dev.cairn.jupyter.eval.ExceptionReport;
import dev.cairn.jupyter.extension.EvaluationException;
import dev.cairn.jupyter.extension.MagicException;
import dev.cairn.jupyter.output.CellError;
import java.util.ArrayList;
import java.util.List;

/** Tells whatever ended a cell as the user should read it. */
final class Failures {
    private static final String INTERRUPTED = "Interrupted";

    private Failures() {}

    static CellError describe(Throwable thrown, boolean wasInterrupted) {
        if (wasInterrupted && isInterruption(thrown)) {
            return interrupted(thrown);
        }
        if (thrown instanceof EvaluationException && thrown.getCause() instanceof CodeFailure inner) {
            return describe(inner, wasInterrupted);
        }
        if (thrown instanceof CodeFailure failure) {
            Throwable cause = failure.getCause();
            boolean isPlain = cause instanceof MagicException || cause instanceof EvaluationException;
            return cause != null && isPlain ? describe(cause, wasInterrupted) : failure.error();
        }
        if (thrown instanceof MagicException magic) {
            return plain(magic);
        }
        if (thrown instanceof CellInterruptedException) {
            return interrupted(thrown);
        }
        return ExceptionReport.of(thrown);
    }

    private static boolean isInterruption(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof InterruptedException
                    || t instanceof CellInterruptedException
                    || t instanceof java.io.InterruptedIOException
                    || t instanceof java.nio.channels.ClosedByInterruptException) {
                return true;
            }
        }
        return false;
    }

    private static CellError interrupted(Throwable thrown) {
        String message = thrown instanceof CellInterruptedException
                ? String.valueOf(thrown.getMessage())
                : "The cell was interrupted";
        return new CellError(INTERRUPTED, message, List.of(Ansi.red(INTERRUPTED) + ": " + message));
    }

    private static CellError plain(MagicException failure) {
        String message = String.valueOf(failure.getMessage());
        List<String> lines = new ArrayList<>(
                (Ansi.red(failure.errorName()) + ": " + message).lines().toList());
        failure.hint().ifPresent(hint -> lines.add(Ansi.green("Hint") + ": " + hint));
        return new CellError(failure.errorName(), message, lines);
    }
}

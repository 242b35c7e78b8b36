package dev.cairn.jupyter.session;

import dev.cairn.jupyter.display.MimeBundle;
import dev.cairn.jupyter.output.CellError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a cell ended.
 *
 * @param executionCount the cell's number
 * @param error why it failed; null when it succeeded
 * @param userExpressions what was asked for with the cell, by name
 * @param nextInput code that the cell offers to the user; null when it offers none
 * @param pages what the cell gave to the front end's pager
 */
public record ExecuteReply(
        int executionCount,
        @Nullable CellError error,
        Map<String, Answer> userExpressions,
        @Nullable NextInput nextInput,
        List<MimeBundle> pages) {
    /** The value of a user expression: a bundle or an error. */
    public sealed interface Answer {
        /** It has a value. */
        record Value(MimeBundle bundle) implements Answer {}

        /** It failed. */
        record Failed(CellError error) implements Answer {}
    }

    public ExecuteReply {
        userExpressions = Map.copyOf(userExpressions);
        pages = List.copyOf(pages);
    }

    /** The same reply, as a failure. */
    public ExecuteReply failedWith(CellError otherError) {
        return new ExecuteReply(executionCount, otherError, userExpressions, nextInput, pages);
    }

    /** Whether the cell succeeded. */
    public boolean isOk() {
        return error == null;
    }
}

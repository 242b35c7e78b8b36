package dev.cairn.jupyter.session;

import dev.cairn.jupyter.eval.SourcePosition;
import dev.cairn.jupyter.output.CellError;
import dev.cairn.jupyter.output.OutputArea;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cell that runs now. Several may, each from a thread of the kernel's. */
final class Execution {
    private final int number;
    private final ExecuteRequest request;
    private final OutputArea output;
    private volatile @Nullable NextInput nextInput;

    Execution(int number, ExecuteRequest request, OutputArea output) {
        this.number = number;
        this.request = request;
        this.output = output;
    }

    int number() {
        return number;
    }

    ExecuteRequest request() {
        return request;
    }

    OutputArea output() {
        return output;
    }

    /** How the cell ended. */
    ExecuteReply reply(@Nullable CellError error, Map<String, ExecuteReply.Answer> userExpressions) {
        return new ExecuteReply(number, error, userExpressions, nextInput, output.pages());
    }

    /** Keeps code that the cell offers to the user. */
    void offer(NextInput input) {
        nextInput = input;
    }

    /** Where the cell's code begins. */
    SourcePosition start() {
        return new SourcePosition(number, 1, 0);
    }

    /** Where code that a magic hands back stands: below the magic's own line when it is the cell's body. */
    SourcePosition position(String code) {
        int offset = Math.max(0, request.code().indexOf(code));
        long newLines = request.code()
                .substring(0, offset)
                .chars()
                .filter(c -> c == '\n')
                .count();
        return new SourcePosition(number, 1 + (int) newLines, 0);
    }
}

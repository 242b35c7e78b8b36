package dev.cairn.jupyter.eval;

import dev.cairn.jupyter.output.CellError;
import org.jspecify.annotations.Nullable;

/** Says that code of a cell did not compile or threw, told in terms of the cell. */
public final class CodeFailure extends Exception {
    private final CellError error;

    /** Makes one; {@code cause} is what the code threw. */
    public CodeFailure(CellError error, @Nullable Throwable cause) {
        super(error.message(), cause);
        this.error = error;
    }

    /** The failure as the cell shows it. */
    public CellError error() {
        return error;
    }
}

package dev.cairn.jupyter.eval;

/** Says that a cell ended because the user interrupted it. */
public final class CellInterruptedException extends RuntimeException {
    /** Makes one that says how it ended. */
    public CellInterruptedException(String message) {
        super(message);
    }
}

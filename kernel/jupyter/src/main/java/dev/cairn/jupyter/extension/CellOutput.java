package dev.cairn.jupyter.extension;

import java.io.PrintStream;

/**
 * The output area of one cell. May be used from any thread, also after the cell ended: what is written then still goes
 * below the cell it belongs to.
 */
public interface CellOutput {
    /** The cell's standard output. */
    PrintStream out();

    /** The cell's standard error. */
    PrintStream err();

    /**
     * Shows a value now. A {@link io.github.spencerpark.jupyter.kernel.display.DisplayData} is shown as it is, anything else
     * by the session's renderer.
     */
    DisplayHandle display(Object value);

    /** Removes what the cell has shown so far; with {@code wait}, only once the next output comes. */
    void clear(boolean wait);
}

package dev.cairn.jupyter.output;

import dev.cairn.jupyter.display.MimeBundle;
import java.io.IOException;

/**
 * Takes what one cell puts out and hands it to a front end or a notebook file. Called from any thread, also after the cell
 * ended; calls for one cell never overlap.
 */
public interface OutputSink {
    /** The cell begins, under this number. */
    default void begun(int executionCount) {}

    /** Something happens to a comm. Where there is no other end, such as in a notebook file, it is lost. */
    default void comm(CommEvent event) {}

    /** Text written to a stream, whole characters only. */
    void stream(StreamName name, String text);

    /** Something shown. */
    void display(MimeBundle bundle);

    /** A new form for what is shown under the bundle's display id. */
    void updateDisplay(MimeBundle bundle);

    /** The value of the cell. */
    void result(int executionCount, MimeBundle bundle);

    /** The failure of the cell. */
    void error(CellError error);

    /** Removes the cell's output so far; with {@code wait}, only once the next output comes. */
    void clear(boolean wait);

    /**
     * Asks the user for a line.
     *
     * @throws IOException when the front end cannot ask
     */
    String input(String prompt, boolean isPassword) throws IOException, InterruptedException;
}

package dev.cairn.jupyter.output;

import dev.cairn.jupyter.display.MimeBundle;
import dev.cairn.jupyter.extension.DisplayHandle;
import java.io.IOException;
import java.util.UUID;

/** The functions every cell can call, imported statically: {@code display}, {@code updateDisplay} and a few more. */
public final class CellHelpers {
    private CellHelpers() {}

    /** Shows a value now; the handle replaces it later. */
    public static DisplayHandle display(Object value) {
        return output().display(value);
    }

    /** Shows a value as one MIME type; text is taken as it is. */
    public static DisplayHandle display(Object value, String mimeType) {
        MimeBundle bundle = output().renderer().renderAs(value, mimeType);
        return output().display(bundle.withDisplayId(UUID.randomUUID().toString()));
    }

    /** Replaces what is shown under a display id. */
    public static void updateDisplay(String displayId, Object value) {
        output().update(displayId, value);
    }

    /** Removes the cell's output so far; with {@code wait}, only once the next output comes. */
    public static void clearOutput(boolean wait) {
        output().clear(wait);
    }

    /** Removes the cell's output so far. */
    public static void clearOutput() {
        clearOutput(false);
    }

    /** Shows a value in the front end's pager, apart from the cell's output. */
    public static void page(Object value) {
        output().page(value);
    }

    /** Asks the user for a line. */
    public static String readLine(String prompt) throws IOException, InterruptedException {
        return ask(prompt, false);
    }

    /** Asks the user for a line without showing what is typed. */
    public static String readPassword(String prompt) throws IOException, InterruptedException {
        return ask(prompt, true);
    }

    private static String ask(String prompt, boolean isPassword) throws IOException, InterruptedException {
        CellScope scope = scope();
        if (!scope.allowsInput()) {
            throw new IOException("This front end cannot be asked for input (allow_stdin is false)");
        }
        return scope.output().input(prompt, isPassword);
    }

    private static OutputArea output() {
        return scope().output();
    }

    private static CellScope scope() {
        return CellScope.current()
                .orElseThrow(() -> new IllegalStateException("Called from outside of a notebook's cell"));
    }
}

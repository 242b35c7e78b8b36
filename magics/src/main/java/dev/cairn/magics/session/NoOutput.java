package dev.cairn.magics.session;

import dev.cairn.jupyter.extension.CellOutput;
import dev.cairn.jupyter.extension.DisplayHandle;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The output of what runs outside a cell, such as completion: nowhere. */
final class NoOutput implements CellOutput {
    private final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    @Override
    public PrintStream out() {
        return nowhere;
    }

    @Override
    public PrintStream err() {
        return nowhere;
    }

    @Override
    public DisplayHandle display(Object value) {
        return new DisplayHandle() {
            @Override
            public String id() {
                return "";
            }

            @Override
            public void update(Object changed) {}
        };
    }

    @Override
    public void clear(boolean wait) {}
}

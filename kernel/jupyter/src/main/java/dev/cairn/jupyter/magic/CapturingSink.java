package dev.cairn.jupyter.magic;

import dev.cairn.jupyter.display.MimeBundle;
import dev.cairn.jupyter.output.CellError;
import dev.cairn.jupyter.output.OutputSink;
import dev.cairn.jupyter.output.StreamName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Keeps what a cell puts out instead of showing it. */
final class CapturingSink implements OutputSink {
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder err = new StringBuilder();
    private final List<MimeBundle> displays = new ArrayList<>();

    synchronized Captured captured() {
        return new Captured(out.toString(), err.toString(), displays);
    }

    @Override
    public synchronized void stream(StreamName name, String text) {
        (name == StreamName.STDOUT ? out : err).append(text);
    }

    @Override
    public synchronized void display(MimeBundle bundle) {
        displays.add(bundle);
    }

    @Override
    public synchronized void updateDisplay(MimeBundle bundle) {
        displays.replaceAll(shown -> Objects.equals(shown.displayId(), bundle.displayId()) ? bundle : shown);
    }

    @Override
    public synchronized void result(int executionCount, MimeBundle bundle) {
        displays.add(bundle);
    }

    @Override
    public synchronized void error(CellError error) {
        err.append(String.join("\n", error.traceback())).append('\n');
    }

    @Override
    public synchronized void clear(boolean wait) {
        out.setLength(0);
        err.setLength(0);
        displays.clear();
    }

    @Override
    public String input(String prompt, boolean isPassword) throws IOException {
        throw new IOException("A cell whose output is captured cannot ask for input");
    }
}

package dev.cairn.jupyter.session;

import dev.cairn.jupyter.display.MimeBundle;
import dev.cairn.jupyter.output.CellError;
import dev.cairn.jupyter.output.CommEvent;
import dev.cairn.jupyter.output.OutputSink;
import dev.cairn.jupyter.output.StreamName;
import java.io.IOException;

/** Shows nothing: the protocol's {@code silent}. */
final class SilentSink implements OutputSink {
    private final OutputSink sink;

    SilentSink(OutputSink sink) {
        this.sink = sink;
    }

    @Override
    public void comm(CommEvent event) {
        // A comm's messages are no output: widgets run cells silently.
        sink.comm(event);
    }

    @Override
    public void stream(StreamName name, String text) {}

    @Override
    public void display(MimeBundle bundle) {}

    @Override
    public void updateDisplay(MimeBundle bundle) {}

    @Override
    public void result(int executionCount, MimeBundle bundle) {}

    @Override
    public void error(CellError error) {}

    @Override
    public void clear(boolean wait) {}

    @Override
    public String input(String prompt, boolean isPassword) throws IOException {
        throw new IOException("A silent cell cannot ask for input");
    }
}

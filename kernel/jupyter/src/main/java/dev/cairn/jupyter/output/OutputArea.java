package dev.cairn.jupyter.output;

import static java.util.Objects.requireNonNull;

import dev.cairn.jupyter.display.MimeBundle;
import dev.cairn.jupyter.display.ValueRenderer;
import dev.cairn.jupyter.extension.CellOutput;
import dev.cairn.jupyter.extension.DisplayHandle;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The output of one cell, in the order it came. Stream output is gathered by size and time: the first bytes leave after
 * some 20 ms, a flood leaves in few large pieces. Every other output flushes what came before.
 * Usable from any thread, also after the cell ended.
 */
public final class OutputArea implements CellOutput {
    private static final int FLUSH_BYTES = 64 * 1024;

    private final OutputArea cell;
    private final OutputSink sink;
    private final ValueRenderer renderer;
    private final OutputFlusher flusher;
    private final Object lock = new Object();
    private final Map<StreamName, Utf8Assembler> pending =
            Map.of(StreamName.STDOUT, new Utf8Assembler(), StreamName.STDERR, new Utf8Assembler());
    private final PrintStream out = printStream(StreamName.STDOUT);
    private final PrintStream err = printStream(StreamName.STDERR);
    private final List<MimeBundle> pages = new CopyOnWriteArrayList<>();
    private StreamName latest = StreamName.STDOUT;
    private boolean isFlushScheduled;

    /** Makes the area of one cell; the flusher sends on what waits. */
    public OutputArea(OutputSink sink, ValueRenderer renderer, OutputFlusher flusher) {
        this(null, sink, renderer, flusher);
    }

    private OutputArea(@Nullable OutputArea cell, OutputSink sink, ValueRenderer renderer, OutputFlusher flusher) {
        this.cell = cell == null ? this : cell;
        this.sink = sink;
        this.renderer = renderer;
        this.flusher = flusher;
    }

    /** An area that works as this one does, but goes to another place. */
    public OutputArea into(OutputSink other) {
        return new OutputArea(cell, other, renderer, flusher);
    }

    /** The area of the cell itself, also when this one goes to another place. */
    public OutputArea cell() {
        return cell;
    }

    @Override
    public PrintStream out() {
        return out;
    }

    @Override
    public PrintStream err() {
        return err;
    }

    @Override
    public DisplayHandle display(Object value) {
        MimeBundle bundle = renderer.render(value);
        String given = bundle.displayId();
        String id = given == null ? UUID.randomUUID().toString() : given;
        show(bundle.withDisplayId(id));
        return new Handle(id);
    }

    /** Shows a bundle as it is. */
    public void show(MimeBundle bundle) {
        synchronized (lock) {
            flush();
            sink.display(bundle);
        }
    }

    /** Replaces what is shown under an id. */
    public void update(String displayId, Object value) {
        MimeBundle bundle = renderer.render(value).withDisplayId(displayId);
        synchronized (lock) {
            flush();
            sink.updateDisplay(bundle);
        }
    }

    @Override
    public void clear(boolean wait) {
        synchronized (lock) {
            flush();
            sink.clear(wait);
        }
    }

    /** Shows the value of the cell. */
    public void result(int executionCount, MimeBundle bundle) {
        synchronized (lock) {
            flush();
            sink.result(executionCount, bundle);
        }
    }

    /** Shows why the cell failed. */
    public void error(CellError error) {
        synchronized (lock) {
            flush();
            sink.error(error);
        }
    }

    /** Gives a value to the front end's pager, apart from the cell's output. */
    public void page(Object value) {
        cell.pages.add(renderer.render(value));
    }

    /** What the cell gave to the pager. */
    public List<MimeBundle> pages() {
        return List.copyOf(cell.pages);
    }

    /** Tells the other end of a comm, after everything written so far. */
    public void comm(CommEvent event) {
        synchronized (lock) {
            flush();
            sink.comm(event);
        }
    }

    /** Asks the user for a line, after everything written so far is on its way. */
    public String input(String prompt, boolean isPassword) throws IOException, InterruptedException {
        flush();
        return sink.input(prompt, isPassword);
    }

    /** Turns values into bundles as this area does. */
    public ValueRenderer renderer() {
        return renderer;
    }

    /** Sends on what has been written so far. */
    public void flush() {
        synchronized (lock) {
            isFlushScheduled = false;
            // At most one of the two holds whole characters, apart from the unfinished ends.
            send(latest == StreamName.STDOUT ? StreamName.STDERR : StreamName.STDOUT);
            send(latest);
        }
    }

    /** Takes bytes of a stream. */
    void write(StreamName name, byte[] bytes, int offset, int count) {
        synchronized (lock) {
            if (name != latest) {
                send(latest);
                latest = name;
            }
            Utf8Assembler assembler = pendingOf(name);
            assembler.append(bytes, offset, count);
            if (assembler.length() >= FLUSH_BYTES || flusher.isClosed()) {
                send(name);
            } else if (!isFlushScheduled) {
                isFlushScheduled = true;
                flusher.schedule(this);
            }
        }
    }

    private void send(StreamName name) {
        Utf8Assembler assembler = pendingOf(name);
        if (assembler.length() == 0) {
            return;
        }
        String text = assembler.take();
        if (!text.isEmpty()) {
            sink.stream(name, text);
        }
    }

    private Utf8Assembler pendingOf(StreamName name) {
        return requireNonNull(pending.get(name));
    }

    private PrintStream printStream(StreamName name) {
        return new PrintStream(new AreaStream(name), false, StandardCharsets.UTF_8);
    }

    private final class AreaStream extends OutputStream {
        private final StreamName name;

        AreaStream(StreamName name) {
            this.name = name;
        }

        @Override
        public void write(int b) {
            OutputArea.this.write(name, new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            OutputArea.this.write(name, bytes, offset, count);
        }
    }

    private final class Handle implements DisplayHandle {
        private final String id;

        Handle(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public void update(Object value) {
            OutputArea.this.update(id, value);
        }
    }
}

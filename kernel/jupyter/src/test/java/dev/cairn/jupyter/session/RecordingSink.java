package dev.cairn.jupyter.session;

import dev.cairn.jupyter.display.MimeBundle;
import dev.cairn.jupyter.output.CellError;
import dev.cairn.jupyter.output.OutputSink;
import dev.cairn.jupyter.output.StreamName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Keeps what a cell put out. */
final class RecordingSink implements OutputSink {
    final List<String> events = new ArrayList<>();
    final List<MimeBundle> displays = new ArrayList<>();
    final List<MimeBundle> updates = new ArrayList<>();
    final List<MimeBundle> results = new ArrayList<>();
    final List<CellError> errors = new ArrayList<>();
    final Deque<String> inputs = new ArrayDeque<>();
    final CountDownLatch firstOutput = new CountDownLatch(1);
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder err = new StringBuilder();
    int streamCalls;

    synchronized String out() {
        return out.toString();
    }

    synchronized String err() {
        return err.toString();
    }

    @Override
    public synchronized void stream(StreamName name, String text) {
        StringBuilder kept = name == StreamName.STDOUT ? out : err;
        if (kept.length() < 1 << 24) {
            kept.append(text);
        }
        streamCalls++;
        firstOutput.countDown();
    }

    @Override
    public synchronized void display(MimeBundle bundle) {
        events.add("display");
        displays.add(bundle);
    }

    @Override
    public synchronized void updateDisplay(MimeBundle bundle) {
        events.add("update");
        updates.add(bundle);
    }

    @Override
    public synchronized void result(int executionCount, MimeBundle bundle) {
        events.add("result");
        results.add(bundle);
    }

    @Override
    public synchronized void error(CellError error) {
        events.add("error");
        errors.add(error);
    }

    @Override
    public synchronized void clear(boolean wait) {
        events.add("clear");
    }

    @Override
    public synchronized String input(String prompt, boolean isPassword) {
        return inputs.remove();
    }
}

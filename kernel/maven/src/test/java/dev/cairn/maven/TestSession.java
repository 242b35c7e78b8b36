package dev.cairn.maven;

import dev.cairn.jupyter.display.MimeBundle;
import dev.cairn.jupyter.output.CellError;
import dev.cairn.jupyter.output.OutputSink;
import dev.cairn.jupyter.output.StreamName;
import dev.cairn.jupyter.session.ExecuteRequest;
import dev.cairn.jupyter.session.KernelSession;
import dev.cairn.jupyter.session.SessionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A session whose cells' output is kept. */
final class TestSession implements AutoCloseable {
    private final KernelSession session;

    TestSession(Path directory) {
        session = new KernelSession(SessionSettings.ofProcess(directory, Map.of("PATH", System.getenv("PATH"))));
    }

    Outcome run(String code) {
        var outcome = new Outcome();
        session.execute(ExecuteRequest.of(code), outcome);
        return outcome;
    }

    String result(String code) {
        Outcome outcome = run(code);
        if (outcome.results.isEmpty()) {
            throw new AssertionError(code + " gives nothing, but " + outcome.errors);
        }
        return outcome.results.get(0).text().orElseThrow();
    }

    List<String> complete(String code) {
        return session.assist().complete(code, code.length()).matches();
    }

    @Override
    public void close() {
        session.close();
    }

    /** What a cell put out. */
    static final class Outcome implements OutputSink {
        final List<CellError> errors = new ArrayList<>();
        final List<MimeBundle> results = new ArrayList<>();
        final List<String> shown = new ArrayList<>();
        private final StringBuilder streams = new StringBuilder();

        /** All that can be read at the end. */
        String text() {
            return streams + String.join("\n", shown.isEmpty() ? shown : shown.subList(shown.size() - 1, shown.size()));
        }

        @Override
        public synchronized void stream(StreamName name, String text) {
            streams.append(text);
        }

        @Override
        public synchronized void display(MimeBundle bundle) {
            shown.add(bundle.text().orElse(""));
        }

        @Override
        public synchronized void updateDisplay(MimeBundle bundle) {
            shown.add(bundle.text().orElse(""));
        }

        @Override
        public synchronized void result(int executionCount, MimeBundle bundle) {
            results.add(bundle);
        }

        @Override
        public synchronized void error(CellError error) {
            errors.add(error);
        }

        @Override
        public void clear(boolean wait) {}

        @Override
        public String input(String prompt, boolean isPassword) throws IOException {
            throw new IOException("Nobody is there");
        }
    }
}

package dev.cairn.magics.session;

import dev.cairn.jupyter.display.MimeBundle;
import dev.cairn.jupyter.output.CellError;
import dev.cairn.jupyter.output.OutputSink;
import dev.cairn.jupyter.output.StreamName;
import dev.cairn.jupyter.session.ExecuteRequest;
import dev.cairn.jupyter.session.KernelSession;
import dev.cairn.jupyter.session.SessionSettings;
import dev.cairn.magics.TestProject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kernel's session in this process, with what its cells put out. */
final class TestKernel implements AutoCloseable {
    private final KernelSession session;

    TestKernel(Path directory) {
        session = new KernelSession(SessionSettings.ofProcess(directory, TestProject.environment()));
    }

    Cell run(String code) {
        Cell cell = new Cell(() -> {}, "");
        session.execute(ExecuteRequest.of(code), cell);
        return cell;
    }

    /** Presses stop when the words first appear in something that the cell shows. */
    Cell runAndInterruptAtFirst(String words, String code) {
        Cell cell = new Cell(session::interrupt, words);
        session.execute(ExecuteRequest.of(code), cell);
        return cell;
    }

    @Override
    public void close() {
        session.close();
    }

    /** What one cell put out; of a display its last form. */
    static final class Cell implements OutputSink {
        private final StringBuilder stream = new StringBuilder();
        private final Map<String, MimeBundle> displays = new LinkedHashMap<>();
        private final Runnable onWords;
        private final String words;
        private boolean isTriggered;
        private @Nullable MimeBundle result;
        private @Nullable CellError error;

        private Cell(Runnable onWords, String words) {
            this.onWords = onWords;
            this.words = words;
        }

        @Override
        public void stream(StreamName name, String text) {
            stream.append(text);
        }

        @Override
        public void display(MimeBundle bundle) {
            String id = bundle.displayId();
            displays.put(id == null ? "#" + displays.size() : id, bundle);
            look(bundle);
        }

        @Override
        public void updateDisplay(MimeBundle bundle) {
            displays.put(bundle.displayId(), bundle);
            look(bundle);
        }

        private void look(MimeBundle bundle) {
            if (!words.isEmpty() && !isTriggered && bundle.text().orElse("").contains(words)) {
                isTriggered = true;
                onWords.run();
            }
        }

        @Override
        public void result(int executionCount, MimeBundle bundle) {
            result = bundle;
        }

        @Override
        public void error(CellError cellError) {
            error = cellError;
        }

        @Override
        public void clear(boolean wait) {}

        @Override
        public String input(String prompt, boolean isPassword) throws IOException {
            throw new IOException("nobody to ask");
        }

        String stream() {
            return stream.toString();
        }

        List<MimeBundle> displays() {
            return List.copyOf(displays.values());
        }

        Optional<MimeBundle> result() {
            return Optional.ofNullable(result);
        }

        Optional<String> error() {
            return Optional.ofNullable(error).map(CellError::toString);
        }

        String everything() {
            return stream + displays.toString() + result + error;
        }
    }
}

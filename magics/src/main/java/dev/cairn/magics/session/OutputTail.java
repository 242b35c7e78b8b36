package dev.cairn.magics.session;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last lines of what a program prints on its two streams. */
final class OutputTail {
    private static final int MOST_LINES = 30;
    private static final int MOST_BYTES = 2000;

    private final Deque<String> lines = new ArrayDeque<>();
    private final Pending out = new Pending();
    private final Pending err = new Pending();

    /** The line that is not over yet. A carriage return begins it anew, as on a terminal. */
    private static final class Pending {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean isReturned;

        void add(byte b) {
            if (isReturned) {
                bytes.reset();
                isReturned = false;
            }
            if (b == '\r') {
                isReturned = true;
            } else if (bytes.size() < MOST_BYTES) {
                bytes.write(b);
            }
        }

        String take() {
            String text = text();
            bytes.reset();
            isReturned = false;
            return text;
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    void append(byte[] bytes, boolean isError) {
        Pending pending = isError ? err : out;
        for (byte b : bytes) {
            if (b == '\n') {
                line(pending.take());
            } else {
                pending.add(b);
            }
        }
    }

    void line(String text) {
        lines.add(text);
        if (lines.size() > MOST_LINES) {
            lines.remove();
        }
    }

    List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        for (Pending pending : List.of(out, err)) {
            if (!pending.text().isEmpty()) {
                all.add(pending.text());
            }
        }
        return all;
    }
}

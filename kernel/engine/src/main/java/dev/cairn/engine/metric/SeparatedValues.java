package dev.cairn.engine.metric;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads CSV and TSV as Python's {@code csv} module does: every cell is text, blank lines are skipped, missing cells are null. */
final class SeparatedValues {
    private final String text;
    private final char separator;
    private int at;

    private SeparatedValues(String text, char separator, int at) {
        this.text = text;
        this.separator = separator;
        this.at = at;
    }

    /** @param header whether the first row names the fields; else they are called {@code 0}, {@code 1}, … */
    static Table parse(String text, char separator, boolean header) {
        int[] starts = new SeparatedValues(text, separator, 0).starts();
        if (starts.length == 0) {
            return new Table(text, separator, starts, List.of());
        }
        List<String> first = new SeparatedValues(text, separator, starts[0]).row();
        return header
                ? new Table(text, separator, Arrays.copyOfRange(starts, 1, starts.length), first)
                : new Table(
                        text,
                        separator,
                        starts,
                        IntStream.range(0, first.size())
                                .mapToObj(Integer::toString)
                                .toList());
    }

    /**
     * The rows, each with all the fields. Only the text is kept, and a row is made of it when it is asked for: a diff may hold the tables of
     * a hundred revisions at a time.
     */
    static final class Table extends AbstractList<Map<String, @Nullable Object>> implements RandomAccess {
        private final String text;
        private final char separator;
        private final int[] starts;
        private final List<String> names;

        private Table(String text, char separator, int[] starts, List<String> names) {
            this.text = text;
            this.separator = separator;
            this.starts = starts;
            this.names = names;
        }

        @Override
        public int size() {
            return starts.length;
        }

        @Override
        public Map<String, @Nullable Object> get(int index) {
            List<String> cells = new SeparatedValues(text, separator, starts[index]).row();
            Map<String, @Nullable Object> record = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                record.put(names.get(i), i < cells.size() ? cells.get(i) : null);
            }
            return record;
        }
    }

    /** Where the rows begin. */
    private int[] starts() {
        IntStream.Builder starts = IntStream.builder();
        while (at < text.length()) {
            int start = at;
            boolean isBlank = isLineEnd(text.charAt(at));
            skipRow();
            if (!isBlank) {
                starts.add(start);
            }
        }
        return starts.build().toArray();
    }

    private void skipRow() {
        do {
            if (at < text.length() && text.charAt(at) == '"') {
                at++;
                quoted(new StringBuilder());
            }
            skipPlain();
        } while (endCell());
    }

    private List<String> row() {
        List<String> cells = new ArrayList<>();
        do {
            cells.add(cell());
        } while (endCell());
        return cells;
    }

    /** Passes over what ends a cell; tells whether another one follows in the row. */
    private boolean endCell() {
        if (at >= text.length()) {
            return false;
        }
        char end = text.charAt(at++);
        if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
        return end == separator;
    }

    private String cell() {
        if (at < text.length() && text.charAt(at) == '"') {
            StringBuilder cell = new StringBuilder();
            at++;
            quoted(cell);
            return cell.append(plain()).toString();
        }
        return plain();
    }

    private String plain() {
        int start = at;
        skipPlain();
        return text.substring(start, at);
    }

    /** Up to the end of the cell. */
    private void skipPlain() {
        while (at < text.length() && text.charAt(at) != separator && !isLineEnd(text.charAt(at))) {
            at++;
        }
    }

    /** Up to the closing quote; a doubled one stands for itself. */
    private void quoted(StringBuilder cell) {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '"') {
                cell.append(c);
            } else if (at < text.length() && text.charAt(at) == '"') {
                cell.append('"');
                at++;
            } else {
                return;
            }
        }
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }
}

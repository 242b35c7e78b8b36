package dev.cairn.magics.render;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of short texts, laid out as DVC lays its tables out.
 *
 * @param headers empty for a table without a head
 */
record TextTable(List<String> headers, List<List<String>> rows) {
    // A column is never narrower than its header and two blanks more.
    private static final int HEADER_MARGIN = 2;

    TextTable {
        headers = List.copyOf(headers);
        rows = List.copyOf(rows);
    }

    /** Columns parted by two blanks. Ends with a line break unless it is empty. */
    String plain() {
        List<Integer> widths = widths();
        StringBuilder out = new StringBuilder();
        for (List<String> row : withHeader()) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(i == 0 ? "" : "  ").append(pad(flat(row.get(i)), widths.get(i)));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    /** GitHub's Markdown. Ends with an empty line, as DVC's does. */
    String markdown() {
        List<Integer> widths = widths();
        StringBuilder out = new StringBuilder();
        out.append(markdownRow(headers, widths));
        out.append(widths.stream().map(w -> "-".repeat(w + 2)).collect(Collectors.joining("|", "|", "|\n")));
        rows.forEach(row -> out.append(markdownRow(row, widths)));
        return out.append('\n').toString();
    }

    /** The same with what would break the table or be taken for markup escaped: for a Markdown reader, not for comparison. */
    String safeMarkdown() {
        return new TextTable(
                        headers.stream().map(TextTable::escape).toList(),
                        rows.stream()
                                .map(row -> row.stream().map(TextTable::escape).toList())
                                .toList())
                .markdown();
    }

    static String escape(String cell) {
        return cell.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("*", "\\*")
                .replace("_", "\\_")
                .replace("`", "\\`");
    }

    private static String markdownRow(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < row.size(); i++) {
            line.append(' ').append(pad(flat(row.get(i)), widths.get(i))).append(" |");
        }
        return line.append('\n').toString();
    }

    private List<List<String>> withHeader() {
        List<List<String>> all = new ArrayList<>();
        if (!headers.isEmpty()) {
            all.add(headers);
        }
        all.addAll(rows);
        return all;
    }

    private List<Integer> widths() {
        int columns = withHeader().stream().mapToInt(List::size).max().orElse(0);
        List<Integer> widths = new ArrayList<>(Collections.nCopies(columns, 0));
        for (int i = 0; i < headers.size(); i++) {
            widths.set(i, width(headers.get(i)) + HEADER_MARGIN);
        }
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths.set(i, Math.max(widths.get(i), width(flat(row.get(i)))));
            }
        }
        return widths;
    }

    /** A cell is one line, whatever a value holds. */
    static String flat(String text) {
        return text.replace("\r", "").replace("\n", " ").replace('\t', ' ');
    }

    static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    static String padLeft(String text, int width) {
        return " ".repeat(Math.max(0, width - width(text))) + text;
    }
}

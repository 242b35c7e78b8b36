package dev.cairn.engine.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads CSV and TSV as Python's {@code csv} module does: every cell is text, blank lines are skipped, missing cells are null. */
final class SeparatedValues {
    private final String text;
    private final char separator;
    private int at;

    private SeparatedValues(String text, char separator) {
        this.text = text;
        this.separator = separator;
    }

    /** @param header whether the first row names the fields; else they are called {@code 0}, {@code 1}, … */
    static List<Map<String, @Nullable Object>> parse(String text, char separator, boolean header) {
        List<List<String>> rows = new SeparatedValues(text, separator).rows();
        if (rows.isEmpty()) {
            return List.of();
        }
        List<String> names = rows.get(0);
        if (!header) {
            names = new ArrayList<>();
            for (int i = 0; i < rows.get(0).size(); i++) {
                names.add(Integer.toString(i));
            }
        }
        List<Map<String, @Nullable Object>> records = new ArrayList<>();
        for (List<String> row : rows.subList(header ? 1 : 0, rows.size())) {
            Map<String, @Nullable Object> record = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                record.put(names.get(i), i < row.size() ? row.get(i) : null);
            }
            records.add(record);
        }
        return records;
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        while (at < text.length()) {
            List<String> row = row();
            if (row.size() > 1 || !row.get(0).isEmpty()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private List<String> row() {
        List<String> cells = new ArrayList<>();
        while (true) {
            cells.add(cell());
            if (at >= text.length()) {
                return cells;
            }
            char end = text.charAt(at++);
            if (end != separator) {
                if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
                    at++;
                }
                return cells;
            }
        }
    }

    private String cell() {
        StringBuilder cell = new StringBuilder();
        if (at < text.length() && text.charAt(at) == '"') {
            at++;
            quoted(cell);
        }
        while (at < text.length() && !endsCell(text.charAt(at))) {
            cell.append(text.charAt(at++));
        }
        return cell.toString();
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

    private boolean endsCell(char c) {
        return c == separator || c == '\n' || c == '\r';
    }
}

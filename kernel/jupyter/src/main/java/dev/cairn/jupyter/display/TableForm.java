package dev.cairn.jupyter.display;

import com.google.gson.JsonObject;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tables: lists of records or of maps by their columns, a map by its entries. The first rows only, and how many there are; as HTML
 * without colours of its own, so that it reads well on dark ground, as Markdown and as text.
 */
final class TableForm {
    private static final int MAX_ROWS = 20;
    private static final int MAX_COLUMNS = 30;
    private static final int MAX_CELL = 200;

    private final List<String> columns;
    private final List<List<@Nullable Object>> rows;
    private final int rowCount;
    private final int columnCount;

    private TableForm(Collection<String> columns, List<Map<String, @Nullable Object>> rows, int rowCount) {
        this.columns = columns.stream().limit(MAX_COLUMNS).toList();
        this.columnCount = columns.size();
        this.rowCount = rowCount;
        this.rows = new ArrayList<>();
        for (Map<String, @Nullable Object> row : rows) {
            List<@Nullable Object> cells = new ArrayList<>();
            this.columns.forEach(column -> cells.add(row.get(column)));
            this.rows.add(cells);
        }
    }

    /** The value as a table, if it is one. */
    static Optional<MimeBundle> of(Object value) {
        Optional<TableForm> table = Optional.empty();
        if (value instanceof Collection<?> list) {
            table = ofRows(list);
        } else if (value instanceof Object[] array) {
            table = ofRows(Arrays.asList(array));
        } else if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            table = Optional.of(ofEntries(map));
        }
        return table.map(found -> found.bundle(value));
    }

    private static Optional<TableForm> ofRows(Collection<?> elements) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        Set<String> columns = new LinkedHashSet<>();
        Iterator<?> iterator = elements.iterator();
        while (iterator.hasNext() && rows.size() < MAX_ROWS) {
            Optional<Map<String, @Nullable Object>> row = row(iterator.next());
            if (row.isEmpty()) {
                return Optional.empty();
            }
            columns.addAll(row.get().keySet());
            rows.add(row.get());
        }
        return columns.isEmpty() ? Optional.empty() : Optional.of(new TableForm(columns, rows, elements.size()));
    }

    private static Optional<Map<String, @Nullable Object>> row(@Nullable Object element) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        if (element instanceof Record record && Records.isReadable(record)) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                row.put(component.getName(), Records.value(record, component));
            }
            return Optional.of(row);
        }
        if (element instanceof Map<?, ?> map) {
            map.forEach((key, value) -> row.put(String.valueOf(key), value));
            return Optional.of(row);
        }
        return Optional.empty();
    }

    private static TableForm ofEntries(Map<?, ?> map) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (rows.size() == MAX_ROWS) {
                break;
            }
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("key", entry.getKey());
            row.put("value", entry.getValue());
            rows.add(row);
        }
        return new TableForm(List.of("key", "value"), rows, map.size());
    }

    private MimeBundle bundle(Object value) {
        // A map reads well on one line; a list of records does not.
        String text = value instanceof Map ? PlainText.of(value) : text();
        var data = new JsonObject();
        data.addProperty("text/plain", text);
        data.addProperty("text/markdown", markdown());
        data.addProperty("text/html", html());
        return new MimeBundle(data, new JsonObject(), null);
    }

    private String html() {
        var html = new StringBuilder("<table><thead><tr>");
        for (int i = 0; i < columns.size(); i++) {
            html.append("<th style=\"text-align:")
                    .append(alignment(i))
                    .append("\">")
                    .append(Html.escape(columns.get(i)))
                    .append("</th>");
        }
        html.append("</tr></thead><tbody>");
        for (List<@Nullable Object> row : rows) {
            html.append("<tr>");
            for (int i = 0; i < columns.size(); i++) {
                html.append("<td style=\"text-align:")
                        .append(alignment(i))
                        .append("\">")
                        .append(Html.escape(cell(row.get(i))))
                        .append("</td>");
            }
            html.append("</tr>");
        }
        html.append("</tbody></table>");
        remark().ifPresent(remark -> html.append("<p>").append(remark).append("</p>"));
        return html.toString();
    }

    private String markdown() {
        String head = "| " + columns.stream().map(TableForm::markdown).collect(Collectors.joining(" | ")) + " |\n";
        var rule = new StringBuilder("|");
        for (int i = 0; i < columns.size(); i++) {
            rule.append(isNumeric(i) ? " ---: |" : " --- |");
        }
        String body = rows.stream()
                .map(row -> row.stream()
                        .map(TableForm::cell)
                        .map(TableForm::markdown)
                        .collect(Collectors.joining(" | ")))
                .map(cells -> "| " + cells + " |\n")
                .collect(Collectors.joining());
        return head + rule + "\n" + body
                + remark().map(remark -> "\n" + remark + "\n").orElse("");
    }

    private static String markdown(String cell) {
        return Html.escape(cell)
                .replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("*", "\\*")
                .replace("_", "\\_")
                .replace("`", "\\`");
    }

    private String text() {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    length(columns.get(i)),
                    rows.stream()
                            .mapToInt(row -> length(cell(row.get(column))))
                            .max()
                            .orElse(0));
        }
        var text = new StringBuilder();
        appendLine(text, columns, widths);
        appendLine(text, Arrays.stream(widths).mapToObj("─"::repeat).toList(), widths);
        rows.forEach(row -> appendLine(text, row.stream().map(TableForm::cell).toList(), widths));
        remark().ifPresent(text::append);
        return text.toString().stripTrailing();
    }

    private void appendLine(StringBuilder text, List<String> cells, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String blank = " ".repeat(widths[i] - length(cells.get(i)));
            line.append(i > 0 ? "  " : "").append(isNumeric(i) ? blank + cells.get(i) : cells.get(i) + blank);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private Optional<String> remark() {
        String ofRows =
                rowCount > rows.size() ? String.format(Locale.ROOT, "%d of %,d rows", rows.size(), rowCount) : "";
        String ofColumns = columnCount > columns.size() ? columns.size() + " of " + columnCount + " columns" : "";
        String both = ofRows + (ofRows.isEmpty() || ofColumns.isEmpty() ? "" : ", ") + ofColumns;
        return both.isEmpty() ? Optional.empty() : Optional.of(both);
    }

    private String alignment(int column) {
        return isNumeric(column) ? "right" : "left";
    }

    private boolean isNumeric(int column) {
        return rows.stream().map(row -> row.get(column)).allMatch(value -> value == null || value instanceof Number)
                && rows.stream().anyMatch(row -> row.get(column) != null);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String cell(@Nullable Object value) {
        String text = value == null ? "" : PlainText.of(value).replaceAll("\\R", "⏎");
        return text.length() <= MAX_CELL ? text : text.substring(0, text.offsetByCodePoints(MAX_CELL - 1, -1)) + "…";
    }
}

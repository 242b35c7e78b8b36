package dev.cairn.magics.render;

import dev.cairn.engine.metric.ValueChange;
import dev.cairn.engine.metric.ValueDiff;
import dev.cairn.magics.render.DiffReport.Form;
import dev.cairn.magics.render.DiffReport.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A diff as text, Markdown and JSON, the way DVC writes each. */
final class DiffText {
    private final DiffReport report;

    DiffText(DiffReport report) {
        this.report = report;
    }

    String plain() {
        StringBuilder out = new StringBuilder();
        for (Section section : report.sections()) {
            if (!section.diff().changes().isEmpty()) {
                out.append(table(section).plain());
            }
            // `exp diff` parts its tables by an empty line, which it also writes when nothing comes before or follows.
            out.append(report.form() == Form.EXPERIMENTS && section.title().equals("Metric") ? "\n" : "");
        }
        return out.toString();
    }

    String markdown() {
        StringBuilder out = new StringBuilder();
        for (Section section : report.sections()) {
            out.append(table(section).markdown());
            out.append(report.form() == Form.EXPERIMENTS && section.title().equals("Metric") ? "\n" : "");
        }
        return out.toString();
    }

    /** For a Markdown reader: no cell can break the table or add markup. */
    String safeMarkdown() {
        StringBuilder out = new StringBuilder();
        report.sections().stream()
                .filter(s -> !s.diff().changes().isEmpty())
                .forEach(s -> out.append(table(s).safeMarkdown()));
        return out.toString();
    }

    Map<String, Object> json() {
        if (report.form() != Form.EXPERIMENTS) {
            return report.sections().get(0).diff().toJson();
        }
        Map<String, Object> json = new LinkedHashMap<>();
        for (Section section : report.sections()) {
            json.put(
                    section.title().equals("Metric") ? "metrics" : "params",
                    section.diff().toJson());
        }
        return json;
    }

    TextTable table(Section section) {
        List<String> headers = new ArrayList<>();
        if (report.withPath()) {
            headers.add("Path");
        }
        headers.addAll(
                List.of(section.title(), section.diff().from(), section.diff().to()));
        if (withChange()) {
            headers.add("Change");
        }
        return new TextTable(
                headers,
                inOrder(section.diff()).stream()
                        .map(change -> row(section, change))
                        .toList());
    }

    /** Files in the order found, names sorted within each. */
    static List<ValueChange> inOrder(ValueDiff diff) {
        List<String> files =
                diff.changes().stream().map(ValueChange::file).distinct().toList();
        return diff.changes().stream()
                .sorted(Comparator.<ValueChange>comparingInt(c -> files.indexOf(c.file()))
                        .thenComparing(ValueChange::name))
                .toList();
    }

    private List<String> row(Section section, ValueChange change) {
        List<String> row = new ArrayList<>();
        if (report.withPath()) {
            row.add(change.file());
        }
        row.add(change.name());
        // `exp diff` shortens metrics only.
        boolean isExact = report.form() == Form.EXPERIMENTS && section.title().equals("Param");
        row.add(isExact ? exact(change.before()) : value(change.before()));
        row.add(isExact ? exact(change.after()) : value(change.after()));
        if (withChange()) {
            row.add(isExact && change.difference() != null ? exact(change.difference()) : changeText(change));
        }
        return row;
    }

    private static String exact(@Nullable Object value) {
        return value == null ? CellText.MISSING : CellText.exact(value);
    }

    boolean withChange() {
        return report.form() != Form.PARAMS;
    }

    String value(@Nullable Object value) {
        if (value == null) {
            return CellText.MISSING;
        }
        return number(value);
    }

    String changeText(ValueChange change) {
        Number difference = change.difference();
        if (difference != null) {
            return number(difference);
        }
        return report.form() == Form.EXPERIMENTS ? "diff not supported" : CellText.MISSING;
    }

    /** Each of the three commands shortens numbers in its own way. */
    private String number(Object value) {
        return switch (report.form()) {
            case METRICS -> CellText.rounded(value, digits());
            case PARAMS -> CellText.exact(value);
            case EXPERIMENTS -> CellText.significant(value, digits());
        };
    }

    private int digits() {
        return report.precision() > 0 ? report.precision() : CellText.DEFAULT_PRECISION;
    }
}

package dev.cairn.magics.render;

import dev.cairn.magics.render.ExperimentGrid.Column;
import dev.cairn.magics.render.ExperimentGrid.Kind;
import dev.cairn.magics.render.ExperimentGrid.Row;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The table of {@code exp show} as text, as Markdown and as CSV, the way DVC writes them. */
final class ExperimentText {
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("hh:mm a", Locale.ENGLISH);
    private static final DateTimeFormatter EARLIER = DateTimeFormatter.ofPattern("MMM dd, yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ENGLISH);

    private final ExperimentGrid grid;
    private final Clock clock;
    private final int precision;

    /**
     * @param clock says what "today" is, and in which zone
     * @param precision significant digits; 0 for the default: five in text, all in CSV
     */
    ExperimentText(ExperimentGrid grid, Clock clock, int precision) {
        this.grid = grid;
        this.clock = clock;
        this.precision = precision;
    }

    String plain() {
        List<Integer> shown = visibleColumns();
        if (shown.isEmpty()) {
            return "";
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(shown.stream().map(i -> grid.columns().get(i).header()).toList());
        grid.rows()
                .forEach(row -> rows.add(shown.stream()
                        .map(i -> TextTable.flat(text(row, i, CellText.MISSING)))
                        .toList()));
        List<Integer> widths = IntStream.range(0, shown.size())
                .mapToObj(i -> rows.stream()
                        .mapToInt(r -> TextTable.width(r.get(i)))
                        .max()
                        .orElse(0))
                .toList();
        int inner = widths.stream().mapToInt(w -> w + 3).sum() - 1;
        String rule = " " + "─".repeat(inner) + " \n";
        StringBuilder out = new StringBuilder(rule);
        for (int r = 0; r < rows.size(); r++) {
            out.append(' ');
            for (int i = 0; i < shown.size(); i++) {
                boolean right = grid.columns().get(shown.get(i)).kind() == Kind.METRIC;
                String cell = rows.get(r).get(i);
                out.append(' ')
                        .append(right ? TextTable.padLeft(cell, widths.get(i)) : TextTable.pad(cell, widths.get(i)))
                        .append("  ");
            }
            out.append('\n').append(r == 0 ? rule : "");
        }
        return out.append(rule).toString();
    }

    String markdown() {
        return table().markdown();
    }

    /** The columns that a reader sees, as a table of text. */
    TextTable table() {
        List<Integer> shown = visibleColumns();
        return new TextTable(
                shown.stream().map(i -> grid.columns().get(i).header()).toList(),
                grid.rows().stream()
                        .map(row -> shown.stream()
                                .map(i -> text(row, i, CellText.MISSING))
                                .toList())
                        .toList());
    }

    String csv() {
        StringBuilder out = new StringBuilder();
        appendCsv(out, grid.columns().stream().map(Column::header).toList());
        for (Row row : grid.rows()) {
            appendCsv(
                    out,
                    IntStream.range(0, grid.columns().size())
                            .mapToObj(i -> csvText(row, i))
                            .toList());
        }
        return out.toString();
    }

    private static void appendCsv(StringBuilder out, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            boolean quote = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
            out.append(i == 0 ? "" : ",").append(quote ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        // Python's csv module ends lines so, and DVC prints them as they are.
        out.append("\r\n");
    }

    private List<Integer> visibleColumns() {
        return IntStream.range(0, grid.columns().size())
                .filter(i -> isVisible(grid.columns().get(i).kind()))
                .boxed()
                .toList();
    }

    private static boolean isVisible(Kind kind) {
        return kind != Kind.REV && kind != Kind.TYPE && kind != Kind.PARENT;
    }

    private String text(Row row, int column, String missing) {
        return switch (grid.columns().get(column).kind()) {
            case EXPERIMENT -> row.label();
            case REV -> row.rev();
            case TYPE -> row.position().label();
            case PARENT -> "";
            case CREATED -> created(row.created(), clock, missing);
            case STATE -> row.state().isEmpty() ? missing : row.state();
            case EXECUTOR -> row.executor().isEmpty() ? missing : row.executor();
            case METRIC, PARAM, DEPENDENCY -> row.cells()
                    .get(column)
                    .text(precision > 0 ? precision : CellText.DEFAULT_PRECISION, missing);
        };
    }

    private String csvText(Row row, int column) {
        return switch (grid.columns().get(column).kind()) {
            case EXPERIMENT -> row.experiment();
            case CREATED -> iso(row.created());
            case METRIC, PARAM, DEPENDENCY -> precision > 0
                    ? row.cells().get(column).text(precision, "")
                    : row.cells().get(column).exact("");
            case REV, TYPE, PARENT, STATE, EXECUTOR -> text(row, column, "");
        };
    }

    /** The time for an instant of today, else the day. */
    static String created(@Nullable Instant instant, Clock clock, String missing) {
        if (instant == null) {
            return missing;
        }
        ZonedDateTime time = instant.atZone(clock.getZone());
        return (time.toLocalDate().equals(LocalDate.now(clock)) ? TODAY : EARLIER).format(time);
    }

    private String iso(@Nullable Instant instant) {
        return instant == null ? "" : isoText(instant, clock);
    }

    static String isoText(Instant instant, Clock clock) {
        return ISO.format(instant.truncatedTo(ChronoUnit.SECONDS).atZone(clock.getZone()));
    }
}

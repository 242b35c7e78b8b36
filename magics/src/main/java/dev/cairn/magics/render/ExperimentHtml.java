package dev.cairn.magics.render;

import static j2html.TagCreator.b;
import static j2html.TagCreator.br;
import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.join;
import static j2html.TagCreator.span;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import dev.cairn.engine.experiment.ExperimentTable;
import dev.cairn.magics.render.ExperimentGrid.Cell;
import dev.cairn.magics.render.ExperimentGrid.Kind;
import dev.cairn.magics.render.ExperimentGrid.Row;
import dev.cairn.magics.render.ExperimentOutline.Entry;
import dev.cairn.magics.render.ExperimentOutline.Group;
import j2html.tags.DomContent;
import j2html.tags.specialized.TdTag;
import j2html.tags.specialized.TrTag;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The table of {@code exp show} as HTML: one row an experiment, its checkpoints folded below it. */
final class ExperimentHtml {
    private static final int SHORT_HASH = 7;

    private final ExperimentGrid grid;
    private final ExperimentOutline outline;
    private final List<String> notes;
    private final Clock clock;
    private final int digits;
    private final Optional<MainMetric> main;
    private final List<Integer> metrics;
    private final List<Integer> params;
    private final List<Integer> dependencies;
    private final boolean withCreated;
    private final boolean withState;
    private final @Nullable Row best;

    ExperimentHtml(ExperimentGrid grid, ExperimentTable table, ShowOptions options, Clock clock) {
        this.grid = grid;
        this.outline = ExperimentOutline.of(grid);
        this.notes = table.notes();
        this.clock = clock;
        this.digits = options.digits();
        this.main = MainMetric.of(grid, options.sortBy(), table.objective());
        this.metrics = grid.indexesOf(Kind.METRIC);
        this.params = grid.indexesOf(Kind.PARAM);
        this.dependencies =
                grid.indexesOf(Kind.DEPENDENCY).stream().filter(this::varies).toList();
        this.withCreated = !grid.indexesOf(Kind.CREATED).isEmpty();
        this.withState = !grid.indexesOf(Kind.STATE).isEmpty();
        this.best = bestOf(experimentRows());
    }

    String render() {
        return div(
                        headline(),
                        table(
                                        thead(groupHeads(), heads()),
                                        tbody(each(outline.groups().stream().flatMap(this::groupRows))))
                                .withStyle(Html.TABLE)
                                .attr("cellpadding", "5"),
                        each(notes, note -> div(note).withStyle(Html.SMALL)),
                        each(grid.warnings(), warning -> div("⚠ " + warning).withStyle(Html.SMALL)))
                .withStyle("overflow-x:auto")
                .render();
    }

    // ---- above the table

    private DomContent headline() {
        List<Entry> entries =
                outline.groups().stream().flatMap(g -> g.entries().stream()).toList();
        if (entries.isEmpty()) {
            return div("No experiments yet: `%exp run` makes one.").withStyle(Html.SMALL);
        }
        int checkpoints = entries.stream()
                .filter(e -> e.chain().size() > 1)
                .mapToInt(e -> e.own().size())
                .sum();
        String count = plural(entries.size(), "experiment")
                + (checkpoints > 0 ? ", " + plural(checkpoints, "checkpoint") : "");
        if (best == null || main.isEmpty()) {
            return div(b(count));
        }
        return div(join(
                b(count),
                " · ★ best",
                main.get().name(),
                b(cell(best, main.get().column()).text(digits, CellText.MISSING)),
                "at",
                code(best.rev()),
                nameOf(best)));
    }

    private String nameOf(Row row) {
        return row.range() == null || row.range().name() == null
                ? ""
                : row.range().name();
    }

    private static String plural(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    // ---- head

    private TrTag groupHeads() {
        int fixed = 1 + (withCreated ? 1 : 0) + (withState ? 1 : 0);
        List<DomContent> heads = new ArrayList<>();
        heads.add(th().attr("colspan", fixed));
        if (main.isPresent()) {
            heads.add(th());
        }
        groupHead("metrics", metrics.size(), Html.METRIC_COLOR).ifPresent(heads::add);
        groupHead("params", params.size(), Html.PARAM_COLOR).ifPresent(heads::add);
        groupHead("dependencies", dependencies.size(), Html.OTHER_COLOR).ifPresent(heads::add);
        return tr(each(heads, h -> h));
    }

    private static Optional<DomContent> groupHead(String title, int columns, String color) {
        if (columns == 0) {
            return Optional.empty();
        }
        return Optional.of(th(title)
                .attr("colspan", columns)
                .withStyle("text-align:center;padding-bottom:2px;font-weight:normal;font-size:90%;"
                        + "border-bottom:2px solid " + color));
    }

    private TrTag heads() {
        List<DomContent> heads = new ArrayList<>();
        heads.add(Html.head("Experiment", false));
        if (withCreated) {
            heads.add(Html.head("Created", false));
        }
        if (withState) {
            heads.add(Html.head("State", false));
        }
        main.ifPresent(m -> heads.add(th(m.name() + " over time").withStyle(Html.LEFT + ";font-weight:normal")));
        metrics.forEach(i -> heads.add(Html.head(header(i), true)));
        params.forEach(i -> heads.add(Html.head(header(i), false)));
        dependencies.forEach(i -> heads.add(Html.head(header(i), false)));
        return tr(each(heads, h -> h)).withStyle("border-bottom:" + Html.LINE);
    }

    private String header(int column) {
        return grid.columns().get(column).header();
    }

    // ---- rows

    private java.util.stream.Stream<DomContent> groupRows(Group group) {
        List<DomContent> rows = new ArrayList<>();
        rows.add(baselineRow(group.baseline()));
        for (Entry entry : group.entries()) {
            rows.add(experimentRow(entry, group.baseline()));
            if (entry.own().size() > 1) {
                rows.add(checkpointsRow(entry));
            }
        }
        return rows.stream();
    }

    private TrTag baselineRow(Row row) {
        return row(row, List.of(b(row.rev())), null, td(), column -> cell(row, column)
                        .text(digits, CellText.MISSING))
                .withStyle("background:rgba(128,128,128,0.1);border-top:" + Html.LINE);
    }

    private TrTag experimentRow(Entry entry, Row baseline) {
        Row tip = entry.tip();
        List<DomContent> label = new ArrayList<>();
        label.add(join(
                span("● ").withStyle("color:#3f8ae0"),
                tip.experiment().isEmpty() ? code(tip.rev()) : b(tip.experiment()),
                tip.experiment().isEmpty() ? span() : code(tip.rev()).withStyle(Html.MUTED)));
        if (!tip.remark().isEmpty()) {
            label.add(br());
            label.add(span(tip.remark()).withStyle(Html.SMALL));
        }
        if (!entry.origin().isEmpty()) {
            label.add(br());
            label.add(span("↳ from " + entry.origin()).withStyle(Html.SMALL));
        }
        return row(tip, label, baseline, trend(entry), column -> marked(tip, column))
                .withStyle("background:transparent;border-top:" + Html.LINE);
    }

    private String marked(Row row, int column) {
        String text = cell(row, column).text(digits, CellText.MISSING);
        boolean isBest = best != null
                && main.isPresent()
                && main.get().column() == column
                && row.revision().rev().equals(best.revision().rev());
        return isBest ? "★ best " + text : text;
    }

    private TrTag row(Row row, List<DomContent> label, @Nullable Row compare, DomContent trend, CellWriter writer) {
        List<DomContent> cells = new ArrayList<>();
        TdTag first = Html.text();
        label.forEach(first::with);
        cells.add(compare == null ? first : first.withStyle(Html.LEFT + ";padding-left:1.2em"));
        if (withCreated) {
            cells.add(Html.text().withText(ExperimentText.created(row.created(), clock, CellText.MISSING)));
        }
        if (withState) {
            cells.add(Html.text().withText(row.state().isEmpty() ? "" : stateGlyph(row.state()) + " " + row.state()));
        }
        if (main.isPresent()) {
            cells.add(trend);
        }
        metrics.forEach(i -> {
            String text = writer.text(i);
            cells.add(
                    text.startsWith("★")
                            ? Html.number().with(b(text))
                            : Html.number().withText(text));
        });
        params.forEach(i -> cells.add(changedCell(row, compare, i)));
        dependencies.forEach(i -> cells.add(hashCell(row, i)));
        return tr(each(cells, c -> c));
    }

    private TdTag changedCell(Row row, @Nullable Row compare, int column) {
        Cell cell = cell(row, column);
        String text = cell.text(digits, CellText.MISSING);
        boolean changed = compare != null && !text.equals(cell(compare, column).text(digits, CellText.MISSING));
        return changed ? Html.text().with(b(text)) : Html.text().withText(text);
    }

    private TdTag hashCell(Row row, int column) {
        String hash = cell(row, column).exact(CellText.MISSING);
        if (hash.length() <= SHORT_HASH) {
            return Html.text().withText(hash);
        }
        String dir = hash.endsWith(".dir") ? "/" : "";
        return Html.text().with(code(hash.substring(0, SHORT_HASH) + dir)).withTitle(hash);
    }

    private static String stateGlyph(String state) {
        return switch (state.toLowerCase(Locale.ROOT)) {
            case "running" -> "▶";
            case "queued" -> "◷";
            case "failed" -> "✗";
            default -> "·";
        };
    }

    private DomContent trend(Entry entry) {
        TdTag cell = Html.text();
        if (main.isEmpty() || entry.chain().size() < 2) {
            return cell;
        }
        List<Row> rows = entry.oldestFirst();
        List<Double> values = rows.stream().map(main.get()::value).toList();
        if (values.stream().filter(v -> !Double.isNaN(v)).count() < 2) {
            return cell;
        }
        int inherited = entry.chain().size() - entry.ownCount();
        int fromTip = main.get().best(entry.chain()).orElse(-1);
        int bestIndex = fromTip < 0 ? -1 : rows.size() - 1 - fromTip;
        String alt = main.get().name() + " " + Sparkline.text(values);
        return cell.with(Html.svg(Sparkline.svg(values, inherited, bestIndex), alt));
    }

    // ---- checkpoints

    private TrTag checkpointsRow(Entry entry) {
        List<Row> own = entry.own();
        OptionalInt bestIndex = main.map(m -> m.best(own)).orElse(OptionalInt.empty());
        String title = plural(own.size(), "checkpoint");
        if (bestIndex.isPresent()) {
            Row at = own.get(bestIndex.getAsInt());
            title += " · ★ best " + main.orElseThrow().name() + " "
                    + cell(at, main.orElseThrow().column()).text(digits, CellText.MISSING) + " at " + at.rev();
        }
        DomContent inner = table(
                        thead(tr(
                                        Html.head("#", true),
                                        Html.head("Checkpoint", false),
                                        Html.head("Created", false),
                                        each(metrics, i -> Html.head(header(i), true)),
                                        th())
                                .withStyle("border-bottom:" + Html.LINE)),
                        tbody(each(indexes(own), i -> checkpointRow(own, i, bestIndex, entry))))
                .withStyle(Html.TABLE)
                .attr("cellpadding", "5");
        return tr(td(details(summary(title).withStyle("cursor:pointer;opacity:0.75"), inner))
                        .attr("colspan", columnCount())
                        .withStyle(Html.LEFT + ";padding:0 0.5em 0.5em 2.4em"))
                .withStyle("background:transparent");
    }

    private static List<Integer> indexes(List<Row> rows) {
        return java.util.stream.IntStream.range(0, rows.size()).boxed().toList();
    }

    private DomContent checkpointRow(List<Row> own, int index, OptionalInt bestIndex, Entry entry) {
        Row row = own.get(index);
        boolean isBest = bestIndex.isPresent() && bestIndex.getAsInt() == index;
        List<String> marks = new ArrayList<>();
        if (isBest) {
            marks.add("★ best");
        }
        if (index == 0) {
            marks.add("● last");
        }
        return tr(
                        Html.number().withText(String.valueOf(entry.chain().size() - index)),
                        Html.text().with(code(row.rev())),
                        Html.text().withText(ExperimentText.created(row.created(), clock, CellText.MISSING)),
                        each(metrics, i -> {
                            String text = cell(row, i).text(digits, CellText.MISSING);
                            boolean strong = isBest && main.orElseThrow().column() == i;
                            return strong
                                    ? Html.number().with(b(text))
                                    : Html.number().withText(text);
                        }),
                        Html.text().withText(String.join(" ", marks)))
                .withStyle("background:transparent");
    }

    private int columnCount() {
        return 1
                + (withCreated ? 1 : 0)
                + (withState ? 1 : 0)
                + (main.isPresent() ? 1 : 0)
                + metrics.size()
                + params.size()
                + dependencies.size();
    }

    // ---- values

    private static Cell cell(Row row, int column) {
        return row.cells().get(column);
    }

    private boolean varies(int column) {
        return experimentRows().stream()
                        .map(r -> cell(r, column).exact(""))
                        .filter(hash -> !hash.isEmpty())
                        .distinct()
                        .count()
                > 1;
    }

    private List<Row> experimentRows() {
        return grid.rows().stream().filter(r -> r.range() != null).toList();
    }

    private @Nullable Row bestOf(List<Row> rows) {
        OptionalInt index = main.map(m -> m.best(rows)).orElse(OptionalInt.empty());
        return index.isPresent() ? rows.get(index.getAsInt()) : null;
    }

    @FunctionalInterface
    private interface CellWriter {
        String text(int column);
    }
}

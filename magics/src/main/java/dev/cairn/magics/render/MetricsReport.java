package dev.cairn.magics.render;

import static j2html.TagCreator.each;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import dev.cairn.engine.metric.FileValues;
import dev.cairn.engine.metric.RevisionValues;
import dev.cairn.store.json.PythonJson;
import j2html.TagCreator;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The metrics of one or more revisions, as {@code metrics show} shows them.
 *
 * @param revisions by name of the revision, then by file; the name is empty when only the workspace was asked for
 * @param precision digits behind the point; 0 for the default
 */
public record MetricsReport(Map<String, Map<String, FileValues>> revisions, int precision) {
    public MetricsReport {
        revisions = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(revisions));
    }

    /** The value of a metric by its dotted name in the first revision; empty when it has none. */
    public Optional<Object> value(String name) {
        return revisions.values().stream()
                .limit(1)
                .flatMap(files -> files.values().stream())
                .map(values -> values.flat().get(name))
                .filter(java.util.Objects::nonNull)
                .map(Object.class::cast)
                .findFirst();
    }

    public String text() {
        return table().plain();
    }

    public String markdown() {
        return table().markdown();
    }

    TextTable table() {
        TreeSet<String> names = new TreeSet<>();
        revisions.values().forEach(files -> files.values()
                .forEach(values -> names.addAll(values.flat().keySet())));
        boolean withRevision = !revisions.containsKey("");
        List<String> headers = new ArrayList<>();
        if (withRevision) {
            headers.add("Revision");
        }
        headers.add("Path");
        headers.addAll(names);
        List<List<String>> rows = new ArrayList<>();
        revisions.forEach((revision, files) -> files.forEach((file, values) -> {
            List<String> row = new ArrayList<>(withRevision ? List.of(revision, file) : List.of(file));
            Map<String, Object> flat = new LinkedHashMap<>(values.flat());
            names.forEach(name -> row.add(text(flat.get(name))));
            rows.add(row);
        }));
        return rows.isEmpty() ? new TextTable(List.of(), List.of()) : new TextTable(headers, rows);
    }

    private String text(@org.jspecify.annotations.Nullable Object value) {
        return value == null
                ? CellText.MISSING
                : CellText.rounded(value, precision > 0 ? precision : CellText.DEFAULT_PRECISION);
    }

    String html() {
        TextTable table = table();
        int texts = revisions.containsKey("") ? 1 : 2;
        List<DomContent> heads = new ArrayList<>();
        for (int i = 0; i < table.headers().size(); i++) {
            heads.add(Html.head(table.headers().get(i), i >= texts));
        }
        return TagCreator.table(
                        thead(tr(each(heads, h -> h)).withStyle("border-bottom:2px solid " + Html.METRIC_COLOR)),
                        tbody(each(table.rows(), row -> row(row, texts))))
                .withStyle(Html.TABLE)
                .attr("cellpadding", "5")
                .render();
    }

    private static DomContent row(List<String> cells, int texts) {
        List<DomContent> row = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            row.add((i < texts ? Html.text() : Html.number()).withText(cells.get(i)));
        }
        return tr(each(row, c -> c)).withStyle("background:transparent;border-bottom:" + Html.LINE);
    }

    public String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        revisions.forEach((revision, files) -> json.put(revision, Map.of("data", RevisionValues.filesToJson(files))));
        return PythonJson.dumps(json);
    }
}

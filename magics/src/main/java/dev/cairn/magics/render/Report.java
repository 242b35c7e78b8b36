package dev.cairn.magics.render;

import static j2html.TagCreator.b;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import dev.cairn.store.json.PythonJson;
import j2html.TagCreator;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a command found, in titled parts: tables and lines of code.
 *
 * @param verdict the answer in one line
 * @param data the same for programs: what {@code --json} writes
 */
public record Report(String verdict, List<Part> parts, Map<String, Object> data) {
    public Report {
        parts = List.copyOf(parts);
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /** One part under its title. */
    public sealed interface Part {
        String title();
    }

    /** Rows below heads. */
    public record Table(String title, List<String> heads, List<List<String>> rows) implements Part {
        public Table {
            heads = List.copyOf(heads);
            rows = List.copyOf(rows);
        }
    }

    /** Lines as they stand, for example those that differ. */
    public record Lines(String title, List<String> lines) implements Part {
        public Lines {
            lines = List.copyOf(lines);
        }
    }

    public String text() {
        StringBuilder out = new StringBuilder(verdict).append('\n');
        for (Part part : parts) {
            out.append('\n').append(part.title()).append('\n');
            if (part instanceof Table table) {
                out.append(new TextTable(table.heads(), table.rows()).plain().indent(2));
            } else if (part instanceof Lines lines) {
                lines.lines().forEach(line -> out.append("  ").append(line).append('\n'));
            }
        }
        return out.toString();
    }

    public String markdown() {
        StringBuilder out = new StringBuilder(TextTable.escape(verdict)).append('\n');
        for (Part part : parts) {
            out.append("\n**").append(TextTable.escape(part.title())).append("**\n\n");
            if (part instanceof Table table) {
                out.append(new TextTable(table.heads(), table.rows()).safeMarkdown());
            } else if (part instanceof Lines lines) {
                out.append("    ").append(String.join("\n    ", lines.lines())).append('\n');
            }
        }
        return out.toString();
    }

    public String html() {
        List<DomContent> shown = new ArrayList<>();
        shown.add(div(b(verdict)));
        for (Part part : parts) {
            shown.add(div(part.title()).withStyle(Html.SMALL + ";margin-top:8px"));
            if (part instanceof Table table) {
                shown.add(TagCreator.table(
                                thead(tr(each(table.heads(), head -> Html.head(head, false)))
                                        .withStyle("border-bottom:2px solid " + Html.OTHER_COLOR)),
                                tbody(each(table.rows(), row -> tr(each(
                                                row, cell -> Html.text().withText(cell)))
                                        .withStyle("background:transparent;border-bottom:" + Html.LINE))))
                        .withStyle(Html.TABLE)
                        .attr("cellpadding", "5"));
            } else if (part instanceof Lines lines) {
                shown.add(pre(code(String.join("\n", lines.lines()))));
            }
        }
        return div(each(shown, content -> content)).withStyle("overflow-x:auto").render();
    }

    public String json() {
        return PythonJson.dumps(data);
    }
}

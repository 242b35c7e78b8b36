package dev.cairn.magics.render;

import static j2html.TagCreator.b;
import static j2html.TagCreator.each;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import j2html.TagCreator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stages and what each needs.
 *
 * @param needs by stage, each after what it needs
 */
public record DagReport(Map<String, List<String>> needs) {
    public DagReport {
        needs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(needs));
    }

    /** A box a stage, with an arrow to what it needs: boxes one below the other, so that any graph stays readable. */
    public String text() {
        StringBuilder out = new StringBuilder();
        String previous = "";
        for (Map.Entry<String, List<String>> stage : needs.entrySet()) {
            String name = stage.getKey();
            List<String> others = new ArrayList<>(stage.getValue());
            String line = "-".repeat(TextTable.width(name) + 2);
            if (others.remove(previous)) {
                out.append("    *\n    *\n");
            } else if (out.length() > 0) {
                out.append('\n');
            }
            out.append('+').append(line).append("+\n| ").append(name).append(" |");
            if (!others.isEmpty()) {
                out.append(" <- ").append(String.join(", ", others));
            }
            out.append("\n+").append(line).append("+\n");
            previous = name;
        }
        return out.toString();
    }

    public String dot() {
        StringBuilder out = new StringBuilder("strict digraph  {\n");
        needs.keySet().forEach(name -> out.append(quoted(name)).append(";\n"));
        needs.forEach((name, others) -> others.forEach(other ->
                out.append(quoted(other)).append(" -> ").append(quoted(name)).append(";\n")));
        return out.append("}\n\n").toString();
    }

    public String mermaid() {
        List<String> sorted = needs.keySet().stream().sorted().toList();
        StringBuilder out = new StringBuilder("flowchart TD\n");
        sorted.forEach(name -> out.append("\tnode%d[%s]\n".formatted(sorted.indexOf(name) + 1, quoted(name))));
        sorted.forEach(name -> needs.getOrDefault(name, List.of())
                .forEach(other -> out.append(
                        "\tnode%d-->node%d\n".formatted(sorted.indexOf(other) + 1, sorted.indexOf(name) + 1))));
        return out.toString();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\\\"") + '"';
    }

    String html() {
        return TagCreator.table(
                        thead(tr(Html.head("Stage", false), Html.head("Needs", false))
                                .withStyle("border-bottom:2px solid " + Html.OTHER_COLOR)),
                        tbody(each(needs.entrySet(), e -> tr(
                                        Html.text().with(b(e.getKey())),
                                        Html.text().withText(String.join(", ", e.getValue())))
                                .withStyle("background:transparent;border-bottom:" + Html.LINE))))
                .withStyle(Html.TABLE)
                .attr("cellpadding", "5")
                .render();
    }
}

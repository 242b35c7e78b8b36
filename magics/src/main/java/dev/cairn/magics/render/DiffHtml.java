package dev.cairn.magics.render;

import static j2html.TagCreator.b;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import dev.cairn.engine.experiment.Objective;
import dev.cairn.engine.metric.ValueChange;
import dev.cairn.magics.render.DiffReport.Form;
import dev.cairn.magics.render.DiffReport.Section;
import j2html.tags.DomContent;
import j2html.tags.specialized.TdTag;
import java.util.ArrayList;
import java.util.List;

/** A diff as HTML: a table for metrics and one for parameters, each change with an arrow and, where it is known, its verdict. */
final class DiffHtml {
    private final DiffReport report;
    private final DiffText text;

    DiffHtml(DiffReport report) {
        this.report = report;
        this.text = new DiffText(report);
    }

    String render() {
        List<Section> sections = report.sections().stream()
                .filter(s -> !s.diff().changes().isEmpty())
                .toList();
        if (sections.isEmpty()) {
            return div("No differences.").withStyle(Html.SMALL).render();
        }
        return div(each(sections, this::section)).withStyle("overflow-x:auto").render();
    }

    private DomContent section(Section section) {
        boolean isMetric = section.title().equals("Metric");
        List<DomContent> heads = new ArrayList<>();
        if (report.withPath()) {
            heads.add(Html.head("Path", false));
        }
        heads.add(Html.head(section.title(), false));
        heads.add(Html.head(section.diff().from(), true));
        heads.add(Html.head(section.diff().to(), true));
        if (text.withChange()) {
            heads.add(Html.head("Change", true));
        }
        String color = isMetric ? Html.METRIC_COLOR : Html.PARAM_COLOR;
        return table(
                        thead(tr(each(heads, h -> h)).withStyle("border-bottom:2px solid " + color)),
                        tbody(each(DiffText.inOrder(section.diff()), change -> row(change, isMetric))))
                .withStyle(Html.TABLE)
                .attr("cellpadding", "5");
    }

    private DomContent row(ValueChange change, boolean isMetric) {
        List<DomContent> cells = new ArrayList<>();
        if (report.withPath()) {
            cells.add(Html.text().withText(change.file()).withStyle(Html.LEFT + ";" + Html.MUTED));
        }
        cells.add(Html.text().with(b(change.name())));
        cells.add(Html.number().withText(text.value(change.before())));
        cells.add(Html.number().withText(text.value(change.after())));
        if (text.withChange()) {
            cells.add(changeCell(change, isMetric));
        }
        return tr(each(cells, c -> c)).withStyle("background:transparent;border-bottom:" + Html.LINE);
    }

    private TdTag changeCell(ValueChange change, boolean isMetric) {
        Number difference = change.difference();
        if (difference == null) {
            String missing = report.form() == Form.EXPERIMENTS ? onlyOneSide(change) : CellText.MISSING;
            return Html.number().withText(missing).withStyle(Html.MUTED);
        }
        double size = difference.doubleValue();
        String arrow = size > 0 ? "▲ +" : size < 0 ? "▼ " : "";
        return Html.number().withText(arrow + text.changeText(change) + (isMetric ? verdict(change.name(), size) : ""));
    }

    private static String onlyOneSide(ValueChange change) {
        if (change.before() == null) {
            return "added";
        }
        return change.after() == null ? "removed" : "changed";
    }

    private static String verdict(String name, double size) {
        return Objective.Mode.guess(name)
                .filter(mode -> size != 0)
                .map(mode -> (size < 0) == (mode == Objective.Mode.MIN) ? " better" : " worse")
                .orElse("");
    }
}

package dev.cairn.magics.render;

import static j2html.TagCreator.b;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import dev.cairn.engine.data.StatusReport;
import dev.cairn.engine.reproduce.ChangeReason;
import dev.cairn.store.json.PythonJson;
import j2html.TagCreator;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Map;

/** What {@code status} found, in each of its forms. */
public final class StatusRendering {
    private static final int LABEL_WIDTH = 20;

    private final StatusReport report;

    public StatusRendering(StatusReport report) {
        this.report = report;
    }

    /** As DVC prints it. */
    public String text() {
        if (report.isNothingTracked()) {
            return "There are no data or pipelines tracked in this project yet.\n"
                    + "See <https://dvc.org/doc/start> to get started!\n";
        }
        if (report.isClean()) {
            return "Data and pipelines are up to date.\n";
        }
        StringBuilder out = new StringBuilder();
        report.toJson().forEach((stage, entries) -> {
            out.append(stage).append(":\n");
            ((List<?>) entries).forEach(entry -> append(out, entry, 1));
        });
        return out.toString();
    }

    private static void append(StringBuilder out, Object entry, int depth) {
        String indent = "\t".repeat(depth);
        if (!(entry instanceof Map<?, ?> map)) {
            out.append(indent).append(entry).append('\n');
            return;
        }
        map.forEach((name, value) -> {
            if (value instanceof Map<?, ?>) {
                out.append(indent).append(name).append(":\n");
                append(out, value, depth + 1);
            } else {
                out.append(indent)
                        .append(TextTable.pad(value + ":", LABEL_WIDTH))
                        .append(name)
                        .append('\n');
            }
        });
    }

    /** As DVC prints it with {@code --json}. */
    public String json() {
        return PythonJson.dumps(report.toJson());
    }

    String html() {
        if (report.isNothingTracked() || report.isClean()) {
            return div((report.isNothingTracked() ? "" : "✓ ") + text().strip()).render();
        }
        return TagCreator.table(
                        thead(tr(Html.head("Stage", false), Html.head("What changed since it last ran", false))
                                .withStyle("border-bottom:2px solid " + Html.OTHER_COLOR)),
                        tbody(each(report.stages(), StatusRendering::row)))
                .withStyle(Html.TABLE)
                .attr("cellpadding", "5")
                .render();
    }

    private static DomContent row(StatusReport.StageChanges stage) {
        String reasons = String.join(
                ", ", stage.changes().stream().map(ChangeReason::describe).toList());
        return tr(Html.text().with(b(stage.stage().toString())), Html.text().withText("● " + reasons))
                .withStyle("background:transparent;border-bottom:" + Html.LINE);
    }
}

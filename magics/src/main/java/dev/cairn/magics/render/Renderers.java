package dev.cairn.magics.render;

import static j2html.TagCreator.b;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.join;

import dev.cairn.engine.data.StatusReport;
import dev.cairn.engine.experiment.ExperimentResult;
import dev.cairn.engine.experiment.ExperimentTable;
import dev.cairn.engine.metric.PlotSet;
import dev.cairn.engine.reproduce.ReproduceResult;
import dev.cairn.store.json.PythonJson;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.time.Clock;
import java.util.Base64;
import java.util.function.Function;

/** Says what a notebook shows of the engine's values. */
public final class Renderers {
    private static final String TEXT = "text/plain";
    private static final String MARKDOWN = "text/markdown";
    private static final String HTML = "text/html";

    private Renderers() {}

    /** Registers every type that the magics return. */
    public static void register(Renderer renderer, Clock clock) {
        add(renderer, ExperimentTable.class, table -> experiments(table, clock));
        add(renderer, DiffReport.class, Renderers::diff);
        add(renderer, PlotSet.class, Renderers::plots);
        add(renderer, MetricsReport.class, Renderers::metrics);
        add(renderer, StatusReport.class, report -> status(new StatusRendering(report)));
        add(renderer, ExperimentResult.class, Renderers::experiment);
        add(renderer, ReproduceResult.class, Renderers::reproduction);
        add(renderer, DagReport.class, report -> bundle(report.text(), report.html()));
        add(renderer, Report.class, Renderers::report);
        add(renderer, Text.class, Renderers::text);
    }

    private static <T> void add(Renderer renderer, Class<T> type, Function<T, DisplayData> forms) {
        renderer.createRegistration(type)
                .preferring(MIMEType.TEXT_HTML)
                .supporting(MIMEType.TEXT_HTML, MIMEType.TEXT_PLAIN, MIMEType.TEXT_MARKDOWN)
                .register((value, context) -> {
                    DisplayData data = forms.apply(value);
                    context.getOutputContainer().assign(data);
                });
    }

    static DisplayData experiments(ExperimentTable table, Clock clock) {
        var rendering = new ExperimentRendering(table, ShowOptions.ALL, clock);
        String remarks = rendering.remarks().isEmpty() ? "" : String.join("\n", rendering.remarks()) + "\n";
        DisplayData data = new DisplayData();
        data.putData(TEXT, rendering.text() + remarks);
        data.putData(MARKDOWN, rendering.safeMarkdown() + remarks);
        data.putData(HTML, rendering.html());
        return data;
    }

    static DisplayData diff(DiffReport report) {
        var text = new DiffText(report);
        String plain = text.plain();
        DisplayData data = new DisplayData();
        data.putData(TEXT, plain.isEmpty() ? "No differences." : plain.stripTrailing());
        data.putData(MARKDOWN, report.changes().isEmpty() ? "No differences." : text.safeMarkdown());
        data.putData(HTML, new DiffHtml(report).render());
        return data;
    }

    static DisplayData plots(PlotSet plots) {
        var rendering = new PlotRendering(plots);
        DisplayData data = new DisplayData();
        data.putData(TEXT, rendering.text());
        data.putData(MARKDOWN, rendering.markdown());
        data.putData(HTML, rendering.html());
        rendering
                .png()
                .ifPresent(png -> data.putData("image/png", Base64.getEncoder().encodeToString(png)));
        rendering.vega().ifPresent(spec -> data.putData("application/vnd.vegalite.v5+json", PythonJson.dumps(spec)));
        return data;
    }

    static DisplayData metrics(MetricsReport report) {
        DisplayData data = new DisplayData();
        data.putData(TEXT, report.text());
        data.putData(MARKDOWN, report.table().safeMarkdown());
        data.putData(HTML, report.html());
        return data;
    }

    /** Stages and checkpoints are shown by the run itself: what is left to say is what can be done now. */
    private static DisplayData experiment(ExperimentResult result) {
        String name = result.name();
        String rev = result.revision().substring(0, 7);
        String text =
                "Experiment %s is at %s, its results are in the workspace. Next: %%exp show, %%exp diff, %%exp apply %s, %%exp branch %s BRANCH"
                        .formatted(name, rev, rev, name);
        String html = div(join(
                        "Experiment",
                        b(name),
                        "is at",
                        code(rev),
                        "· next:",
                        code("%exp show"),
                        code("%exp diff"),
                        code("%exp apply " + rev),
                        code("%exp branch " + name + " BRANCH")))
                .withStyle(Html.SMALL)
                .render();
        return bundle(text, html);
    }

    private static DisplayData reproduction(ReproduceResult result) {
        String text = result.isUpToDate()
                ? "Data and pipelines are up to date."
                : "To track the changes with git, run: git add " + String.join(" ", result.touched());
        return bundle(text, div(text).withStyle(Html.SMALL).render());
    }

    private static DisplayData status(StatusRendering rendering) {
        return bundle(rendering.text(), rendering.html());
    }

    private static DisplayData bundle(String text, String html) {
        DisplayData data = new DisplayData();
        data.putData(TEXT, text.stripTrailing());
        data.putData(HTML, html);
        return data;
    }

    static DisplayData report(Report report) {
        DisplayData data = new DisplayData();
        data.putData(TEXT, report.text().stripTrailing());
        data.putData(MARKDOWN, report.markdown());
        data.putData(HTML, report.html());
        data.putData("application/json", report.data());
        return data;
    }

    static DisplayData text(Text text) {
        DisplayData data = new DisplayData();
        data.putData(TEXT, text.text().stripTrailing());
        if (text.isMarkdown()) {
            data.putData(MARKDOWN, text.text());
        }
        return data;
    }
}

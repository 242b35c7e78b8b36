package dev.cairn.magics.render;

import dev.cairn.engine.experiment.ExperimentTable;
import dev.cairn.engine.metric.PlotSet;
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

    static DisplayData text(Text text) {
        DisplayData data = new DisplayData();
        data.putData(TEXT, text.text().stripTrailing());
        if (text.isMarkdown()) {
            data.putData(MARKDOWN, text.text());
        }
        return data;
    }
}

package dev.cairn.magics.render;

import static j2html.TagCreator.b;
import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.join;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.span;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import dev.cairn.engine.experiment.Objective;
import dev.cairn.engine.reproduce.RunListener.CheckpointEvent;
import dev.cairn.magics.render.RunView.StageLine;
import dev.cairn.magics.render.RunView.State;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import j2html.tags.DomContent;
import j2html.tags.specialized.DetailsTag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A run as HTML and text: while it goes on its stages and checkpoints as they come, at the end a short summary. */
public final class RunRendering {
    private static final int MOST_METRICS = 8;
    private static final int MOST_CHECKPOINTS = 60;

    private final RunView view;
    private final List<String> metrics;
    private final Optional<String> main;

    public RunRendering(RunView view) {
        this.view = view;
        Set<String> names = new LinkedHashSet<>();
        view.checkpoints().forEach(c -> c.metrics().forEach((name, value) -> {
            if (value instanceof Number) {
                names.add(name);
            }
        }));
        this.main = names.stream().max(Comparator.comparingInt(MainMetric::rank));
        this.metrics = names.stream()
                .sorted(Comparator.comparing(n -> main.filter(n::equals).isEmpty()))
                .limit(MOST_METRICS)
                .toList();
    }

    /** Both forms, for a display that is replaced in place. */
    public DisplayData display() {
        DisplayData data = new DisplayData();
        data.putData("text/plain", text().stripTrailing());
        data.putData("text/html", html());
        return data;
    }

    String html() {
        List<DomContent> parts = new ArrayList<>();
        parts.add(headline());
        parts.add(view.isOver() ? stageLine() : stageTable());
        trend().ifPresent(parts::add);
        if (!view.checkpoints().isEmpty()) {
            parts.add(checkpoints());
        }
        if (!view.output().isEmpty()) {
            parts.add(output());
        }
        view.warnings().forEach(warning -> parts.add(div("⚠ " + warning).withStyle(Html.SMALL)));
        return div(each(parts, p -> p)).render();
    }

    private DomContent headline() {
        return div(join(
                b(view.title()),
                view.origin().isEmpty() ? "" : "· " + view.origin(),
                "·",
                view.state().label(),
                span(seconds(view.seconds())).withStyle(Html.MUTED)));
    }

    /** One line is enough for what is over. */
    private DomContent stageLine() {
        return div(each(
                        view.stages(),
                        stage -> join(
                                span(stage.state().glyph() + " " + stage.name()),
                                span((stage.seconds() > 0 ? " " + seconds(stage.seconds()) : "") + "   ")
                                        .withStyle(Html.MUTED))))
                .withStyle("margin:0.2em 0");
    }

    private DomContent stageTable() {
        return table(tbody(each(view.stages(), stage -> tr(
                                Html.text().withText(stage.state().label()),
                                Html.text().with(b(stage.name())),
                                Html.number().withText(stage.seconds() > 0 ? seconds(stage.seconds()) : ""))
                        .withStyle("background:transparent"))))
                .withStyle(Html.TABLE)
                .attr("cellpadding", "5");
    }

    private Optional<DomContent> trend() {
        if (main.isEmpty() || view.checkpoints().size() < 2) {
            return Optional.empty();
        }
        List<Double> values = values(main.get());
        int best = best(values);
        String label = main.get() + " " + CellText.significant(values.get(values.size() - 1), 5)
                + (best >= 0
                        ? " · ★ best " + CellText.significant(values.get(best), 5) + " at "
                                + shortRev(view.checkpoints().get(best))
                        : "");
        return Optional.of(div(
                Html.svg(Sparkline.svg(values, 0, best), main.get() + " " + Sparkline.text(values)),
                span(" " + label)));
    }

    private List<Double> values(String metric) {
        return view.checkpoints().stream()
                .map(c -> LineChart.number(c.metrics().get(metric)))
                .toList();
    }

    private int best(List<Double> values) {
        Optional<Objective.Mode> mode = main.flatMap(Objective.Mode::guess);
        if (mode.isEmpty()) {
            return -1;
        }
        double sign = mode.get() == Objective.Mode.MIN ? 1 : -1;
        return IntStream.range(0, values.size())
                .filter(i -> !Double.isNaN(values.get(i)))
                .boxed()
                .min(Comparator.comparingDouble(i -> sign * values.get(i)))
                .orElse(-1);
    }

    private DomContent checkpoints() {
        List<CheckpointEvent> all = view.checkpoints();
        List<CheckpointEvent> shown = all.subList(Math.max(0, all.size() - MOST_CHECKPOINTS), all.size());
        int best = main.map(m -> best(values(m))).orElse(-1);
        DomContent rows = table(
                        thead(tr(
                                        Html.head("#", true),
                                        Html.head("Checkpoint", false),
                                        each(metrics, name -> Html.head(name, true)))
                                .withStyle("border-bottom:" + Html.LINE)),
                        tbody(each(
                                shown,
                                c -> row(
                                        c,
                                        best >= 0 && c.number() == all.get(best).number()))))
                .withStyle(Html.TABLE)
                .attr("cellpadding", "5");
        String title = all.size() + (all.size() == 1 ? " checkpoint" : " checkpoints");
        return folded(title, rows, !view.isOver());
    }

    private DomContent row(CheckpointEvent checkpoint, boolean isBest) {
        return tr(
                        Html.number().withText((isBest ? "★ " : "") + checkpoint.number()),
                        Html.text().with(code(shortRev(checkpoint))),
                        each(metrics, name -> Html.number().withText(metric(checkpoint, name))))
                .withStyle("background:transparent");
    }

    private static String metric(CheckpointEvent checkpoint, String name) {
        Object value = checkpoint.metrics().get(name);
        return value == null ? CellText.MISSING : CellText.significant(value, CellText.DEFAULT_PRECISION);
    }

    private static String shortRev(CheckpointEvent checkpoint) {
        return checkpoint.revision().substring(0, 7);
    }

    private DomContent output() {
        String title = "output, last " + view.output().size() + " lines";
        return folded(
                title,
                pre(String.join("\n", view.output())).withStyle("margin:0.2em 0 0 1em;font-size:90%"),
                view.state() == State.FAILED);
    }

    private static DomContent folded(String title, DomContent content, boolean isOpen) {
        DetailsTag details = details(summary(title).withStyle("cursor:pointer;opacity:0.75"), content);
        return isOpen ? details.attr("open", "open") : details;
    }

    /** The same without markup. */
    String text() {
        StringBuilder out = new StringBuilder(view.title());
        if (!view.origin().isEmpty()) {
            out.append(", ").append(view.origin());
        }
        out.append(": ")
                .append(view.state().label())
                .append(' ')
                .append(seconds(view.seconds()))
                .append('\n');
        out.append(view.stages().stream().map(RunRendering::text).collect(Collectors.joining("   ")))
                .append('\n');
        if (!view.checkpoints().isEmpty()) {
            out.append(checkpointText());
        }
        if (view.state() == State.FAILED) {
            view.output().forEach(line -> out.append(line).append('\n'));
        }
        view.warnings()
                .forEach(warning -> out.append("WARNING: ").append(warning).append('\n'));
        return out.toString();
    }

    private static String text(StageLine stage) {
        return stage.state().glyph() + " " + stage.name() + (stage.seconds() > 0 ? " " + seconds(stage.seconds()) : "");
    }

    private String checkpointText() {
        List<String> headers = new ArrayList<>(List.of("#", "Checkpoint"));
        headers.addAll(metrics);
        return new TextTable(
                        headers,
                        view.checkpoints().stream()
                                .map(c -> {
                                    List<String> row =
                                            new ArrayList<>(List.of(String.valueOf(c.number()), shortRev(c)));
                                    metrics.forEach(name -> row.add(metric(c, name)));
                                    return row;
                                })
                                .map(List::copyOf)
                                .toList())
                .plain();
    }

    private static String seconds(double seconds) {
        return seconds < 60
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : String.format(Locale.ROOT, "%d min %02d s", (int) seconds / 60, (int) seconds % 60);
    }
}

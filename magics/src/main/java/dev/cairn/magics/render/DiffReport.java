package dev.cairn.magics.render;

import dev.cairn.engine.metric.ValueChange;
import dev.cairn.engine.metric.ValueDiff;
import dev.cairn.store.json.PythonJson;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What differs between two revisions, as {@code metrics diff}, {@code params diff} and {@code exp diff} show it.
 *
 * @param form which of the three it is
 * @param sections metrics, parameters or both
 * @param withPath whether the column with the file is shown
 * @param precision digits behind the point; 0 for the default
 */
public record DiffReport(Form form, List<Section> sections, boolean withPath, int precision) {
    public DiffReport {
        sections = List.copyOf(sections);
    }

    /** The command whose layout is used. */
    public enum Form {
        METRICS,
        PARAMS,
        EXPERIMENTS
    }

    /** @param title heads the column of names: {@code Metric} or {@code Param} */
    public record Section(String title, ValueDiff diff) {}

    public static DiffReport ofMetrics(ValueDiff diff, boolean withPath, int precision) {
        return new DiffReport(Form.METRICS, List.of(new Section("Metric", diff)), withPath, precision);
    }

    public static DiffReport ofParams(ValueDiff diff, boolean withPath) {
        return new DiffReport(Form.PARAMS, List.of(new Section("Param", diff)), withPath, 0);
    }

    public static DiffReport ofExperiments(ValueDiff metrics, ValueDiff params, boolean withPath, int precision) {
        return new DiffReport(
                Form.EXPERIMENTS,
                List.of(new Section("Metric", metrics), new Section("Param", params)),
                withPath,
                precision);
    }

    /** As DVC prints it to a terminal. */
    public String text() {
        return new DiffText(this).plain();
    }

    /** As DVC prints it with {@code --md}. */
    public String markdown() {
        return new DiffText(this).markdown();
    }

    /** As DVC prints it with {@code --json}. */
    public String json() {
        return PythonJson.dumps(new DiffText(this).json());
    }

    /** Every change, metrics before parameters. */
    public List<ValueChange> changes() {
        return sections.stream()
                .map(Section::diff)
                .map(ValueDiff::changes)
                .flatMap(Collection::stream)
                .toList();
    }

    /** The change of the metric or parameter of that name; empty when it does not differ. */
    public Optional<ValueChange> change(String name) {
        Stream<ValueChange> named = changes().stream().filter(c -> c.name().equals(name));
        return named.findFirst();
    }
}

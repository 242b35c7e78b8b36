package dev.cairn.engine.experiment;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.params.ParameterFile;
import dev.cairn.engine.project.Project;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The metric by which checkpoints are compared. A project names its own in {@code .cairn/experiments.yaml}:
 * {@code best: {metric: val_loss, mode: min}}. It is no section of {@code .dvc/config}, for DVC refuses sections that it does not know.
 */
public record Objective(String metric, Mode mode) {
    static final String FILE = ".cairn/experiments.yaml";

    /** Which values are better. */
    public enum Mode {
        MIN,
        MAX;

        private static final List<String> LOWER = List.of("loss", "err", "mse", "mae", "rmse", "perplexity", "cost");
        private static final List<String> HIGHER =
                List.of("acc", "auc", "f1", "score", "precision", "recall", "r2", "map", "bleu", "iou");

        /** What the metric's name says; empty when it says nothing. */
        public static Optional<Mode> guess(String metric) {
            String lower = metric.toLowerCase(Locale.ROOT);
            if (LOWER.stream().anyMatch(lower::contains)) {
                return Optional.of(MIN);
            }
            return HIGHER.stream().anyMatch(lower::contains) ? Optional.of(MAX) : Optional.empty();
        }

        boolean isBetter(double value, double than) {
            return this == MIN ? value < than : value > than;
        }
    }

    /**
     * The one meant.
     *
     * @param typed {@code val_loss}, {@code min:val_loss} or {@code max:score}; null or empty for the project's own
     * @throws EngineException when none is set, or it cannot be told which values are better
     */
    public static Objective of(Project project, @Nullable String typed) {
        Optional<Objective> own = configured(project);
        if (typed == null || typed.isEmpty()) {
            return own.orElseThrow(() -> new EngineException(
                    "no metric is set by which the best is found",
                    "Name one, or write `best: {metric: val_loss, mode: min}` into %s.".formatted(FILE)));
        }
        for (Mode mode : Mode.values()) {
            String prefix = new Objective("", mode).toString();
            if (typed.startsWith(prefix)) {
                return new Objective(typed.substring(prefix.length()), mode);
            }
        }
        return own.filter(objective -> objective.metric().equals(typed))
                .or(() -> Mode.guess(typed).map(mode -> new Objective(typed, mode)))
                .orElseThrow(() -> new EngineException(
                        "it is not known whether '%s' is better when it is low or high".formatted(typed),
                        "Write min:%s or max:%s.".formatted(typed, typed)));
    }

    /** What the project's file says; empty when it says nothing. */
    public static Optional<Objective> configured(Project project) {
        Optional<byte[]> content = project.workspace().read(FILE);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        if (!(ParameterFile.parse(FILE, content.get()).get("best") instanceof Map<?, ?> best)) {
            return Optional.empty();
        }
        if (!(best.get("metric") instanceof String metric)) {
            throw new InvalidFileException(
                    "'%s' names no metric below `best`".formatted(FILE),
                    "Write `best: {metric: val_loss, mode: min}`.");
        }
        return Optional.of(new Objective(metric, mode(metric, best.get("mode"))));
    }

    private static Mode mode(String metric, @Nullable Object written) {
        Optional<Mode> mode = written == null
                ? Mode.guess(metric)
                : List.of(Mode.values()).stream()
                        .filter(m -> m.name().equalsIgnoreCase(written.toString()))
                        .findFirst();
        return mode.orElseThrow(() -> new InvalidFileException(
                "'%s' does not say in `mode` whether the best '%s' is the least".formatted(FILE, metric),
                "Write `mode: min` or `mode: max`."));
    }

    /** As it can be typed: {@code min:val_loss}. */
    @Override
    public String toString() {
        return mode.name().toLowerCase(Locale.ROOT) + ":" + metric;
    }
}

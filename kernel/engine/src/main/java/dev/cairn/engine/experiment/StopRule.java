package dev.cairn.engine.experiment;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.project.Project;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a run has gone on long enough ({@code exp run --until}): a metric has not become better for a while, or is past a number. Its text can be read again. */
public sealed interface StopRule {
    Pattern PATIENCE = Pattern.compile(
            "(?:(min|max)\\s*[: ]\\s*)?(\\S+)\\s+not\\s+improved\\s+for\\s+(\\d{1,6})(?:\\s+checkpoints?)?");
    Pattern LIMIT = Pattern.compile("([^\\s<>=]+)\\s*(<=|>=|<|>)\\s*([-+]?[\\d.]+(?:[eE][-+]?\\d+)?)");

    /** The metric that is watched. */
    String metric();

    /** Why to stop; empty to go on.
     *
     * @param values of the metric at the run's checkpoints so far
     */
    Optional<String> reached(List<Double> values);

    /** No better value for so many checkpoints. */
    record Patience(Objective objective, int checkpoints) implements StopRule {
        @Override
        public String metric() {
            return objective.metric();
        }

        @Override
        public Optional<String> reached(List<Double> values) {
            int best = 0;
            for (int i = 1; i < values.size(); i++) {
                if (objective.mode().isBetter(values.get(i), values.get(best))) {
                    best = i;
                }
            }
            return values.size() - 1 - best < checkpoints
                    ? Optional.empty()
                    : Optional.of("%s has not improved for %d checkpoints; the best was %s"
                            .formatted(metric(), checkpoints, values.get(best)));
        }

        @Override
        public String toString() {
            return "%s not improved for %d".formatted(objective, checkpoints);
        }
    }

    /** A value below or above a number. */
    record Limit(String metric, String sign, double number) implements StopRule {
        @Override
        public Optional<String> reached(List<Double> values) {
            double last = values.get(values.size() - 1);
            boolean isThere =
                    switch (sign) {
                        case "<" -> last < number;
                        case "<=" -> last <= number;
                        case ">" -> last > number;
                        default -> last >= number;
                    };
            return isThere
                    ? Optional.of("%s is %s, which is %s %s".formatted(metric, last, sign, number))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return metric + " " + sign + " " + number;
        }
    }

    /**
     * Reads {@code val_loss not improved for 5}, {@code max score not improved for 3}, {@code acc > 0.95}.
     *
     * @throws EngineException when it is none of these
     */
    static StopRule parse(Project project, String text) {
        Matcher patience = PATIENCE.matcher(text.strip());
        if (patience.matches()) {
            String metric = (patience.group(1) == null ? "" : patience.group(1) + ":") + patience.group(2);
            return new Patience(Objective.of(project, metric), Math.max(1, Integer.parseInt(patience.group(3))));
        }
        Matcher limit = LIMIT.matcher(text.strip());
        if (limit.matches()) {
            try {
                return new Limit(limit.group(1), limit.group(2), Double.parseDouble(limit.group(3)));
            } catch (NumberFormatException e) {
                throw new EngineException(
                        "'%s' is not a number".formatted(limit.group(3)), "Write it as 0.95 or 1e-3.", e);
            }
        }
        throw new EngineException(
                "'%s' is no rule to stop by".formatted(text),
                "Write \"val_loss not improved for 5\" or \"acc > 0.95\".");
    }
}

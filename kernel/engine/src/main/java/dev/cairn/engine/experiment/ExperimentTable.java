package dev.cairn.engine.experiment;

import dev.cairn.engine.metric.FileValues;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The experiments of a project, as {@code exp show} collects them. The first row is the workspace.
 *
 * @param notes what the user should know beside the rows, such as experiments below an older commit
 * @param annotations stars, tags and notes, by the hash of the commit
 * @param objective the metric by which the project says they are judged; null when it does not say
 */
public record ExperimentTable(
        List<BaselineExperiments> baselines,
        List<String> notes,
        Map<String, Annotation> annotations,
        @Nullable Objective objective) {
    public ExperimentTable {
        baselines = List.copyOf(baselines);
        notes = List.copyOf(notes);
        annotations = Map.copyOf(annotations);
    }

    public ExperimentTable(List<BaselineExperiments> baselines, List<String> notes) {
        this(baselines, notes, Map.of(), null);
    }

    /** The same, judged by that metric. */
    public ExperimentTable judgedBy(Objective metric) {
        return new ExperimentTable(baselines, notes, annotations, metric);
    }

    /** The same with no other experiment than this. */
    public ExperimentTable only(String experiment) {
        List<BaselineExperiments> chosen = baselines.stream()
                .map(group -> new BaselineExperiments(
                        group.baseline(),
                        group.experiments().stream()
                                .filter(range -> experiment.equals(range.name()))
                                .toList()))
                .toList();
        return new ExperimentTable(chosen, notes, annotations, objective);
    }

    /**
     * What DVC prints with {@code --json}.
     *
     * @param zone for times, which DVC gives without one
     */
    public List<Object> toJson(ZoneId zone) {
        return new TableJson(zone, annotations).table(this);
    }

    /** One revision of an experiment: the tip or a checkpoint. */
    public record Row(String experiment, RevisionState state) {
        public String rev() {
            return state.rev();
        }

        /** The number of that name in the metrics, else in the parameters; empty when there is none. */
        public Optional<Double> number(String name) {
            return find(state.metrics(), name).or(() -> find(state.params(), name));
        }

        private static Optional<Double> find(Map<String, FileValues> files, String name) {
            for (FileValues values : files.values()) {
                @Nullable Object value = values.flat().get(name);
                if (value instanceof Number number) {
                    return Optional.of(number.doubleValue());
                }
            }
            return Optional.empty();
        }
    }

    /** Every tip and checkpoint of every experiment, in the order shown. A commit shared by a fork comes once, with the first. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (BaselineExperiments baseline : baselines) {
            for (ExperimentRange range : baseline.experiments()) {
                for (RevisionState state : range.revisions()) {
                    if (seen.add(state.rev())) {
                        rows.add(new Row(range.name() == null ? state.shortRev() : range.name(), state));
                    }
                }
            }
        }
        return rows;
    }

    /** The row where the metric is lowest; empty when no row has it. */
    public Optional<Row> lowest(String metric) {
        return rows().stream().filter(r -> r.number(metric).isPresent()).min(byMetric(metric));
    }

    /** The row where the metric is highest; empty when no row has it. */
    public Optional<Row> highest(String metric) {
        return rows().stream().filter(r -> r.number(metric).isPresent()).max(byMetric(metric));
    }

    private static Comparator<Row> byMetric(String metric) {
        return Comparator.comparingDouble(r -> r.number(metric).orElse(Double.NaN));
    }
}

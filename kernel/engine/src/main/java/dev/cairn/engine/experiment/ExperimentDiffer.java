package dev.cairn.engine.experiment;

import dev.cairn.engine.metric.ValueDiff;
import java.util.LinkedHashMap;
import java.util.Map;

/** Compares metrics and parameters of two experiments, commits or the workspace ({@code exp diff}). */
public final class ExperimentDiffer {
    private final ExperimentRefs refs;
    private final RevisionStateReader states;

    public ExperimentDiffer(ExperimentRefs refs, RevisionStateReader states) {
        this.refs = refs;
        this.states = states;
    }

    /** The differences in metrics and in parameters. */
    public record ExperimentDiff(ValueDiff metrics, ValueDiff params) {
        /** What DVC prints with {@code --json}. */
        public Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("metrics", metrics.toJson());
            json.put("params", params.toJson());
            return json;
        }
    }

    /**
     * @param from an experiment, a checkpoint's hash, or any revision
     * @param to the same, or {@code workspace}
     * @param all whether to give unchanged values too
     * @param paramDeps whether to look only at parameters that stages depend on
     */
    public ExperimentDiff diff(String from, String to, boolean all, boolean paramDeps) {
        RevisionState old = state(from, paramDeps);
        RevisionState now = state(to, paramDeps);
        return new ExperimentDiff(
                ValueDiff.between(from, to, old.metrics(), now.metrics(), all),
                ValueDiff.between(from, to, old.params(), now.params(), all));
    }

    private RevisionState state(String revision, boolean paramDeps) {
        return revision.equals(RevisionState.WORKSPACE)
                ? states.workspace(paramDeps)
                : states.commit(refs.resolve(revision), paramDeps);
    }
}

package dev.cairn.engine.experiment;

import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.project.Project;
import java.util.OptionalDouble;
import org.eclipse.jgit.lib.ObjectId;

/** Finds the checkpoint with the best value of a metric, among all experiments of HEAD. */
public final class BestCheckpoint {
    private final Project project;
    private final RevisionStateReader states;

    public BestCheckpoint(Project project, RevisionStateReader states) {
        this.project = project;
        this.states = states;
    }

    /**
     * The one found.
     *
     * @param revision the commit, 40 hex
     */
    public record Found(ExperimentRef experiment, String revision, double value) {}

    /**
     * The best; of equal ones the first that was made.
     *
     * @throws UnknownNameException when no checkpoint has the metric
     */
    public Found find(Objective objective) {
        ExperimentRefs refs = new ExperimentRefs(project.git());
        Found best = null;
        ObjectId head = project.git().head().orElse(ObjectId.zeroId());
        for (var entry : refs.of(head).entrySet()) {
            for (var commit : refs.chain(entry.getKey(), entry.getValue())) {
                OptionalDouble value = CheckpointThinner.value(
                        states.commit(commit.id(), false).metrics(), objective.metric());
                boolean isBest = value.isPresent()
                        && (best == null || !objective.mode().isBetter(best.value(), value.getAsDouble()));
                if (isBest) {
                    best = new Found(entry.getKey(), commit.id().name(), value.getAsDouble());
                }
            }
        }
        if (best == null) {
            throw new UnknownNameException(
                    "no experiment of HEAD has a metric '%s'".formatted(objective.metric()),
                    "`exp show` lists the metrics there are.");
        }
        return best;
    }
}

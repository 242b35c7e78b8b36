package dev.cairn.engine.experiment;

import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.metric.FileValues;
import dev.cairn.engine.metric.MetricReader;
import dev.cairn.engine.metric.ProjectRevisions;
import dev.cairn.engine.metric.RevisionData;
import dev.cairn.engine.metric.ValueFiles;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.project.Project;
import dev.cairn.store.git.CommitInfo;
import dev.cairn.store.git.CommitWriter;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.git.RefTransaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Lets go of an experiment's checkpoints that are not worth keeping. Those behind the first that goes are written anew on top of each
 * other, for a commit names its parent; trees and times stay. What only they had in the cache goes with them.
 */
public final class CheckpointThinner {
    private final Project project;
    private final GitRepository git;
    private final ExperimentRefs refs;

    public CheckpointThinner(Project project) {
        this.project = project;
        this.git = project.git();
        this.refs = new ExperimentRefs(git);
    }

    /**
     * What was done.
     *
     * @param tip the last commit now
     * @param kept how many checkpoints are left
     * @param removed how many are gone
     * @param bytes freed in the cache
     */
    record Thinned(ObjectId tip, int kept, int removed, long bytes) {
        String describe() {
            return removed == 0
                    ? "All %d checkpoints are kept.".formatted(kept)
                    : "Kept %d of %d checkpoints; %d bytes of the cache are free."
                            .formatted(kept, kept + removed, bytes);
        }
    }

    /** Thins the experiment's chain. Checkpoints that have a star, a tag or a note stay, and so do those that another experiment has. */
    Thinned thin(ExperimentRef experiment, KeepPolicy policy) {
        ObjectId tip = refs.tip(experiment)
                .orElseThrow(() -> new UnknownNameException(
                        "'%s' is no experiment".formatted(experiment.name()), "`exp list` shows them."));
        List<CommitInfo> chain = new ArrayList<>(refs.chain(experiment, tip));
        Collections.reverse(chain);
        Set<Integer> kept = policy.best() > 0 ? kept(chain, policy) : policy.kept(none(chain), Objective.Mode.MIN);
        Set<String> annotated = new Annotations(git).of(experiment).keySet();
        CommitWriter writer = new CommitWriter(git);
        Map<ObjectId, ObjectId> moved = new LinkedHashMap<>();
        ObjectId last = experiment.baseline();
        boolean isChanged = false;
        for (int i = 0; i < chain.size(); i++) {
            CommitInfo commit = chain.get(i);
            if (!kept.contains(i) && !annotated.contains(commit.id().name()) && !isShared(commit.id(), experiment)) {
                isChanged = true;
                continue;
            }
            last = isChanged ? writer.rewrite(commit.id(), last) : commit.id();
            moved.put(commit.id(), last);
        }
        int removed = chain.size() - moved.size();
        if (removed == 0) {
            return new Thinned(tip, chain.size(), 0, 0);
        }
        new RefTransaction(git).compareAndSet(experiment.refName(), tip, last, null);
        ObjectId newTip = last;
        ExecRefs exec = new ExecRefs(git);
        exec.applied().filter(tip::equals).ifPresent(commit -> exec.setApplied(newTip));
        exec.checkpoint().filter(tip::equals).ifPresent(commit -> exec.setCheckpoint(newTip));
        new Annotations(git).move(experiment, moved);
        long bytes = new CacheRelease(project)
                .release(chain.stream()
                        .map(CommitInfo::id)
                        .filter(commit -> !moved.containsKey(commit))
                        .toList());
        return new Thinned(last, moved.size(), removed, bytes);
    }

    private boolean isShared(ObjectId commit, ExperimentRef experiment) {
        return refs.containing(commit).stream().anyMatch(ref -> !ref.equals(experiment));
    }

    private static List<OptionalDouble> none(List<CommitInfo> chain) {
        return Collections.nCopies(chain.size(), OptionalDouble.empty());
    }

    private Set<Integer> kept(List<CommitInfo> chain, KeepPolicy policy) {
        Objective objective = Objective.of(project, null);
        MetricReader metrics = new MetricReader(new ValueFiles());
        ProjectRevisions revisions = new ProjectRevisions(project, PipelineReader::read);
        List<OptionalDouble> values = new ArrayList<>();
        for (CommitInfo commit : chain) {
            RevisionData data = revisions.commit(commit.id().name(), commit.id());
            values.add(value(metrics.read(data), objective.metric()));
        }
        return policy.kept(values, objective.mode());
    }

    /** The number of that name in the first file that has it. */
    static OptionalDouble value(Map<String, FileValues> files, String metric) {
        return files.values().stream()
                .map(values -> values.flat().get(metric))
                .filter(Number.class::isInstance)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .findFirst();
    }
}

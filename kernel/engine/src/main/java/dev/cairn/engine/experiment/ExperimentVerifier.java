package dev.cairn.engine.experiment;

import dev.cairn.engine.metric.FileValues;
import dev.cairn.engine.metric.MetricReader;
import dev.cairn.engine.metric.ProjectRevisions;
import dev.cairn.engine.metric.RevisionData;
import dev.cairn.engine.metric.ValueDiff;
import dev.cairn.engine.metric.ValueFiles;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.reproduce.ReproduceRequest;
import dev.cairn.engine.reproduce.ReproduceRequest.Flag;
import dev.cairn.engine.reproduce.RunListener;
import dev.cairn.store.git.GitRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Runs an experiment once more in a clean directory, and compares: does the same come out? Everything runs, whatever the run cache knows,
 * and from the beginning: an experiment whose checkpoints were made in several runs comes out otherwise than it did.
 */
public final class ExperimentVerifier {
    private final Project project;
    private final GitRepository git;
    private final RunListener listener;

    public ExperimentVerifier(Project project, RunListener listener) {
        this.project = project;
        this.git = project.git();
        this.listener = listener;
    }

    /**
     * What came out.
     *
     * @param outputs each output of a stage
     * @param metrics the numbers that differ
     */
    public record Verification(String experiment, List<OutputCheck> outputs, ValueDiff metrics) {
        public Verification {
            outputs = List.copyOf(outputs);
        }

        /** Whether everything is the same. */
        public boolean isSame() {
            return metrics.changes().isEmpty() && outputs.stream().allMatch(OutputCheck::isSame);
        }
    }

    /**
     * One output.
     *
     * @param recorded its hash in the experiment; null when none was recorded
     * @param replayed its hash now
     */
    public record OutputCheck(String path, @Nullable String recorded, @Nullable String replayed) {
        public boolean isSame() {
            return Objects.equals(recorded, replayed);
        }
    }

    /**
     * Replays it. Neither the workspace nor a ref changes; new content stays in the cache until the next gc.
     *
     * @param experiment name or hash of a checkpoint
     */
    public Verification verify(String experiment) throws InterruptedException {
        ExperimentRefs refs = new ExperimentRefs(git);
        ObjectId commit = refs.resolve(experiment);
        ObjectId baseline = refs.containing(commit).stream()
                .findFirst()
                .map(ExperimentRef::baseline)
                .orElse(commit);
        ReplayDirectory.Replayed replayed = new ReplayDirectory(project, listener).replay(commit, baseline, request());
        Pipeline recorded = PipelineReader.read(project.revision(commit));
        List<OutputCheck> checks = new ArrayList<>();
        for (Stage stage : recorded.stages().values()) {
            for (Output output : stage.outputs()) {
                if (!stage.isData() && output.kind() != Output.Kind.METRIC) {
                    checks.add(new OutputCheck(
                            output.path(), hash(recorded, stage, output), hash(replayed.pipeline(), stage, output)));
                }
            }
        }
        RevisionData data = new ProjectRevisions(project, PipelineReader::read).commit(commit.name(), commit);
        Map<String, FileValues> metrics = new MetricReader(new ValueFiles()).read(data);
        return new Verification(
                experiment, checks, ValueDiff.between("recorded", "replayed", metrics, replayed.metrics(), false));
    }

    private static ReproduceRequest request() {
        return new ReproduceRequest(List.of(), Set.of(Flag.FORCE), false);
    }

    private static @Nullable String hash(Pipeline pipeline, Stage stage, Output output) {
        Optional<PathState> state = pipeline.lock(stage.address()).flatMap(entry -> entry.output(output.declared()));
        return state.map(PathState::hash).map(Objects::toString).orElse(null);
    }
}

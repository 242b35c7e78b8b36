package dev.cairn.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.TestProject;
import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.reproduce.RunListener;
import dev.cairn.store.git.CommitInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPolicyTest {
    @TempDir
    private Path directory;

    private static ExperimentRequest request(TestProject project, String resume, String until, String keep) {
        return ExperimentRequest.of()
                .with(new RunPolicy(
                        resume,
                        until == null ? null : StopRule.parse(project.project(), until),
                        keep == null ? null : KeepPolicy.parse(keep)));
    }

    private static List<CommitInfo> chain(TestProject project, ExperimentResult result) {
        ExperimentRefs refs = new ExperimentRefs(project.project().git());
        return refs.chain(result.ref(), refs.tip(result.ref()).orElseThrow());
    }

    @Test
    void aStageIsStoppedAtTheCheckpointThatMeetsTheRule() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 50)) {
            ExperimentResult result = project.experiment(request(project, null, "acc > 0.2", null));

            assertThat(project.read("model.txt").lines()).hasSize(3);
            assertThat(project.read("metrics.yaml")).isEqualTo("acc: 0.3\n");
            assertThat(result.checkpoints()).hasSize(3);
            assertThat(result.run().interruption()).isNull();
            assertThat(new Annotations(project.project().git()).of(result.ref()).values())
                    .singleElement()
                    .satisfies(note -> assertThat(note.notes()).containsExactly("stopped: acc is 0.3, which is > 0.2"));
        }
    }

    @Test
    void checkpointsThatAreNotKeptGoWithWhatOnlyTheyHad() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 5)) {
            ExperimentResult result = project.experiment(request(project, null, null, "last:2,every:3"));

            assertThat(chain(project, result)).hasSize(3);
            assertThat(chain(project, result).get(0).id().name()).isEqualTo(result.revision());
            assertThat(project.sh("grep -rl '^epoch 1' .dvc/cache").lines()).hasSize(2);
            project.experiment();
            assertThat(project.read("model.txt").lines()).hasSize(10);
        }
    }

    @Test
    void aCheckpointInTheMiddleIsResumedAsAnExperimentOfItsOwn() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 3)) {
            ExperimentResult first = project.experiment();
            String second = first.checkpoints().get(1).revision();

            ExperimentResult forked = project.experiment(request(project, second, null, null));

            assertThat(forked.ref()).isNotEqualTo(first.ref());
            assertThat(project.read("model.txt").lines()).hasSize(5);
        }
    }

    @Test
    void thereHasToBeSomethingToResume() {
        try (TestProject project = TestProject.withCheckpoints(directory, 1)) {
            assertThatThrownBy(() -> project.experiment(request(project, "", null, null)))
                    .isInstanceOf(ConflictException.class)
                    .hasMessage("There is no checkpoint to go on from.");
        }
    }

    @Test
    void aTemporaryRunIsStoppedAndThinnedAsOneInTheWorkspaceIs() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 50)) {
            ExperimentResult result = new TemporaryRunner(project.project(), RunListener.SILENT)
                    .run(request(project, null, "acc > 0.3", "last:2"), null, List.of());

            assertThat(result.checkpoints()).hasSize(4);
            assertThat(chain(project, result)).hasSize(2);
            assertThat(chain(project, result).get(0).id().name()).isEqualTo(result.revision());
            assertThat(project.sh("git show " + result.revision() + ":metrics.yaml"))
                    .isEqualTo("acc: 0.4");
            // The last checkpoint and the end of the run have the same model.
            assertThat(project.sh("grep -rl '^epoch 1' .dvc/cache").lines()).hasSize(1);
            assertThat(new Annotations(project.project().git()).of(result.ref()).values())
                    .singleElement()
                    .satisfies(note -> assertThat(note.notes()).containsExactly("stopped: acc is 0.4, which is > 0.3"));
            assertThat(project.exists("model.txt")).isFalse();
        }
    }

    @Test
    void aQueuedRunTakesItsRulesAlong() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 50)) {
            new QueueControl(project.project())
                    .add(
                            request(project, null, "max:acc not improved for 3", "last:2")
                                    .named("ruled"),
                            null,
                            List.of());

            // 0.9 is followed by 0.10, 0.11 and 0.12
            new QueueRunner(project.project(), Map.of(), log -> RunListener.SILENT).runNext();

            ExperimentRefs refs = new ExperimentRefs(project.project().git());
            ExperimentRef ref = refs.all().firstKey();
            assertThat(ref.name()).isEqualTo("ruled");
            assertThat(refs.chain(ref, refs.tip(ref).orElseThrow())).hasSize(2);
            assertThat(project.sh("git show " + ref.refName() + ":metrics.yaml"))
                    .isEqualTo("acc: 0.12");
        }
    }

    @Test
    void aTemporaryRunGoesBackToTheCheckpointThatIsNamed() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 3)) {
            ExperimentResult first = project.experiment();
            String second = first.checkpoints().get(1).revision();
            project.file("params.yaml", "epochs: 9\n");

            ExperimentResult forked = new TemporaryRunner(project.project(), RunListener.SILENT)
                    .run(request(project, second, null, null), null, List.of());

            assertThat(forked.ref()).isNotEqualTo(first.ref());
            assertThat(project.sh("git show " + forked.revision() + ":metrics.yaml"))
                    .isEqualTo("acc: 0.5");
            assertThat(project.read("params.yaml")).isEqualTo("epochs: 9\n");
        }
    }
}

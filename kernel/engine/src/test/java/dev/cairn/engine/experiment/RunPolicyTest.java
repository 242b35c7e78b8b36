package dev.cairn.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.TestProject;
import dev.cairn.engine.error.ConflictException;
import dev.cairn.store.git.CommitInfo;
import java.nio.file.Path;
import java.util.List;
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
}

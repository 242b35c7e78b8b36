package dev.cairn.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.TestProject;
import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.error.MissingDataException;
import dev.cairn.engine.error.RepositoryBusyException;
import dev.cairn.engine.error.StageFailedException;
import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.reproduce.RunListener.Continuation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentRunnerTest {
    @TempDir
    Path directory;

    @Test
    void eachSignalIsACommitAndTheEndIsOneMore() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 3)) {
            String head = project.sh("git rev-parse HEAD");
            String status = project.sh("git symbolic-ref HEAD && git diff --cached --stat");

            ExperimentResult result = project.experiment(ExperimentRequest.of().named("cp"));

            assertThat(result.continuation()).isEqualTo(Continuation.NEW);
            assertThat(project.sh("git rev-list --count HEAD.." + result.ref().refName()))
                    .isEqualTo("4");
            assertThat(project.events())
                    .containsExactly(
                            "NEW", "checkpoint 1 {acc=0.1}", "checkpoint 2 {acc=0.2}", "checkpoint 3 {acc=0.3}");
            assertThat(project.sh("git rev-parse HEAD")).isEqualTo(head);
            assertThat(project.sh("git symbolic-ref HEAD && git diff --cached --stat"))
                    .isEqualTo(status);
            assertThat(project.sh("git show " + result.revision() + "~2:metrics.yaml"))
                    .isEqualTo("acc: 0.2");
            assertThat(project.sh("git fsck --strict 2>&1 | grep -v dangling || true"))
                    .isEmpty();
            assertThat(project.sh("git rev-parse refs/exps/exec/EXEC_APPLY refs/exps/exec/EXEC_CHECKPOINT"))
                    .isEqualTo(result.revision() + "\n" + result.revision());
        }
    }

    @Test
    void runningAgainGoesOnAndAChangedParameterForks() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 1)) {
            ExperimentResult first = project.experiment();
            ExperimentResult second = project.experiment();
            ExperimentResult forked = project.experiment("lr=0.25");

            assertThat(second.ref()).isEqualTo(first.ref());
            assertThat(second.continuation()).isEqualTo(Continuation.RESUMED);
            assertThat(forked.continuation()).isEqualTo(Continuation.FORKED);
            assertThat(forked.from()).isEqualTo(first.name());
            assertThat(forked.ref()).isNotEqualTo(first.ref());
            assertThat(project.sh("git rev-parse " + first.ref().refName())).isEqualTo(second.revision());
            assertThat(project.sh("git merge-base " + forked.revision() + " " + second.revision()))
                    .isEqualTo(second.revision());
            assertThat(project.read("model.txt")).isEqualTo("epoch 1 lr 0.5\nepoch 2 lr 0.5\nepoch 3 lr 0.25\n");
            assertThat(project.read("params.yaml")).isEqualTo("epochs: 1\nlr: 0.25\nfail_at: 0\n");
        }
    }

    @Test
    void resetStartsOverFromTheBaseline() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 1)) {
            project.experiment();
            ExperimentResult fresh =
                    project.experiment(ExperimentRequest.of().named("fresh").withReset());

            assertThat(project.read("model.txt")).isEqualTo("epoch 1 lr 0.5\n");
            assertThat(project.sh("git rev-parse " + fresh.revision() + "~2"))
                    .isEqualTo(project.sh("git rev-parse HEAD"));
        }
    }

    @Test
    void aStageThatFailsAfterCheckpointsKeepsThemWhole() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 4)) {
            project.file("params.yaml", "epochs: 4\nlr: 0.5\nfail_at: 3\n");

            ExperimentResult result = project.experiment();

            assertThat(result.checkpoints()).hasSize(2);
            assertThat(result.run().interruptionIfAny()).isPresent();
            assertThat(project.read("metrics.yaml")).isEqualTo("acc: 0.2\n");
            assertThat(project.read("model.txt")).isEqualTo("epoch 1 lr 0.5\nepoch 2 lr 0.5\n");
            assertThat(project.sh("git show " + result.setAside() + ":metrics.yaml"))
                    .isEqualTo("acc: 99");
            assertThat(project.sh("git rev-parse " + result.revision() + "^{tree}"))
                    .isEqualTo(project.sh("git rev-parse " + result.revision() + "~1^{tree}"));
        }
    }

    @Test
    void aStageThatFailsBeforeACheckpointMakesNoExperiment() {
        try (TestProject project = TestProject.withCheckpoints(directory, 4)) {
            project.file("params.yaml", "epochs: 4\nlr: 0.5\nfail_at: 1\n");

            assertThatThrownBy(project::experiment)
                    .isInstanceOf(StageFailedException.class)
                    .hasMessageContaining("failed to reproduce 'train': failed to run: sh train.sh, exited with 3");
            assertThat(project.sh("git for-each-ref refs/exps | grep -v exec || true"))
                    .isEmpty();
        }
    }

    @Test
    void anInterruptKeepsTheCheckpointsAndTheNextRunGoesOn() throws Exception {
        try (TestProject project = TestProject.withCheckpoints(directory, 50)) {
            Thread trainer = Thread.currentThread();
            Thread interrupter = new Thread(() -> {
                while (project.events().size() < 3) {
                    Thread.onSpinWait();
                }
                trainer.interrupt();
            });
            interrupter.start();

            ExperimentResult result = project.experiment();
            interrupter.join();
            int made = result.checkpoints().size();
            ExperimentResult next = project.experiment("epochs=1");

            assertThat(made).isBetween(2, 49);
            assertThat(result.run().interruptionIfAny().orElseThrow().byUser()).isTrue();
            assertThat(next.from()).isEqualTo(result.name());
            assertThat(project.read("model.txt").lines()).hasSize(made + 1);
        }
    }

    @Test
    void anyCheckpointCanBeAppliedAndGoneOnFrom() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 3)) {
            ExperimentResult result = project.experiment();
            String second = result.checkpoints().get(1).revision();

            ApplyResult applied = new ExperimentApplier(project.project()).apply(second.substring(0, 7));

            assertThat(project.read("model.txt")).isEqualTo("epoch 1 lr 0.5\nepoch 2 lr 0.5\n");
            assertThat(project.read("metrics.yaml")).isEqualTo("acc: 0.2\n");
            assertThat(applied.hasSavedWork()).isFalse();
            assertThatThrownBy(project::experiment)
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("Nothing to do for unchanged checkpoint");
            ExperimentResult forked = project.experiment("lr=0.1", "epochs=1");
            assertThat(forked.continuation()).isEqualTo(Continuation.FORKED);
            assertThat(project.read("model.txt")).isEqualTo("epoch 1 lr 0.5\nepoch 2 lr 0.5\nepoch 3 lr 0.1\n");
        }
    }

    @Test
    void applySavesWorkThatNoCommitHas() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 1)) {
            ExperimentResult result = project.experiment();
            project.file("train.sh", TestProject.TRAIN + "# mine\n");
            project.file("notes.txt", "mine\n");

            ApplyResult applied = new ExperimentApplier(project.project()).apply(result.name());

            assertThat(applied.hasSavedWork()).isTrue();
            assertThat(project.read("train.sh")).isEqualTo(TestProject.TRAIN);
            assertThat(project.read("notes.txt")).isEqualTo("mine\n");
            assertThat(project.sh("git show refs/exps/apply/stash:train.sh")).endsWith("# mine");
        }
    }

    @Test
    void applyWithAMissingObjectChangesNothing() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 2)) {
            ExperimentResult result = project.experiment();
            String before = project.sh("git status --porcelain; cat model.txt");
            project.sh("find .dvc/cache -type f -exec chmod u+w {} + && rm -rf .dvc/cache/*");
            String first = result.checkpoints().get(0).revision();

            assertThatThrownBy(() -> new ExperimentApplier(project.project()).apply(first))
                    .isInstanceOf(MissingDataException.class)
                    .hasMessageContaining("model.txt");
            assertThat(project.sh("git status --porcelain; cat model.txt")).isEqualTo(before);
        }
    }

    @Test
    void aNameThatIsTakenIsRefusedBeforeAnythingRuns() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 1)) {
            project.experiment(ExperimentRequest.of().named("mine"));
            String before = project.sh("git for-each-ref; cat params.yaml model.txt");

            assertThatThrownBy(() -> project.experiment(
                            ExperimentRequest.of(dev.cairn.engine.params.ParameterOverride.parse("lr=0.9"))
                                    .named("mine")))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("Experiment conflicts with existing experiment 'mine'");
            assertThat(project.sh("git for-each-ref; cat params.yaml model.txt"))
                    .isEqualTo(before);
        }
    }

    @Test
    void badInputIsOneErrorAndChangesNothing() {
        try (TestProject project = TestProject.in(directory)) {
            project.file("params.yaml", "lr: 1\n").file("dvc.yaml", "stages:\n  a:\n    cmd: echo\n   outs: [x]\n");

            assertThatThrownBy(project::experiment)
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("Empty Git repo. Add a commit to use experiments.");
            project.commit();
            assertThatThrownBy(project::experiment)
                    .isInstanceOf(InvalidFileException.class)
                    .hasMessageContaining("dvc.yaml")
                    .hasMessageContaining("line 4");
            project.file("dvc.yaml", "stages:\n  a:\n    cmd: echo > x\n    outs: [x]\n");
            assertThatThrownBy(() -> project.experiment("nope=1"))
                    .isInstanceOf(UnknownNameException.class)
                    .hasMessageContaining("Could not override 'nope'");
            assertThatThrownBy(() -> new ExperimentApplier(project.project()).apply("nope"))
                    .isInstanceOf(UnknownNameException.class)
                    .hasMessageContaining("'nope' does not appear to be an experiment commit.");
            assertThat(project.read("params.yaml")).isEqualTo("lr: 1\n");
            assertThat(project.sh("git for-each-ref refs/exps")).isEmpty();
        }
    }

    @Test
    void aSecondRunAtTheSameTimeIsRefusedBeforeItTouchesAnything() {
        try (TestProject project = TestProject.withCheckpoints(directory, 1);
                ExperimentLock running = ExperimentLock.acquire(project.project())) {
            assertThatThrownBy(() -> project.experiment("lr=0.9"))
                    .isInstanceOf(RepositoryBusyException.class)
                    .hasMessageContaining("nothing was changed");
            assertThat(project.read("params.yaml")).contains("lr: 0.5");
            assertThat(running).isNotNull();
        }
    }

    @Test
    void afterAKillTheNextCommandTakesTheWorkspaceBackToTheLastCheckpoint() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 2)) {
            ExperimentResult result = project.experiment(ExperimentRequest.of().named("killed"));
            var last = org.eclipse.jgit.lib.ObjectId.fromString(
                    result.checkpoints().get(1).revision());
            var head = result.ref().baseline();
            RunJournal.begin(project.project(), head, head)
                    .running(result.ref(), org.eclipse.jgit.lib.ObjectId.zeroId(), head);
            project.sh("git update-ref " + result.ref().refName() + " " + last.name());
            project.file("metrics.yaml", "acc: 99\n").file("model.txt", "half written\n");

            ExperimentResult next = project.experiment();

            assertThat(next.continuation()).isEqualTo(Continuation.RESUMED);
            assertThat(next.ref()).isEqualTo(result.ref());
            assertThat(project.sh("git show refs/cairn/aside:metrics.yaml")).isEqualTo("acc: 99");
            assertThat(project.read("model.txt").lines()).hasSize(4);
        }
    }

    @Test
    void aRunLeavesNoMoreGitObjectsUnpackedThanGitWould() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 3)) {
            project.sh("git config gc.auto 100");
            project.sh("mkdir many && seq 1500 | split -l 1 -a 4 - many/"
                    + " && find many -type f | git hash-object -w --stdin-paths && rm -r many");

            ExperimentResult result = project.experiment();

            assertThat(Integer.parseInt(project.sh("git count-objects | cut -d' ' -f1")))
                    .isLessThan(100);
            assertThat(project.sh("git rev-list --count HEAD.." + result.revision()))
                    .isEqualTo("4");
            assertThat(project.sh("git fsck --strict --no-dangling --no-progress"))
                    .isEmpty();
        }
    }
}

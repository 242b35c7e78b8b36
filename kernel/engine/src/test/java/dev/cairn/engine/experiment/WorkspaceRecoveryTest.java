package dev.cairn.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.engine.TestProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceRecoveryTest {
    @TempDir
    Path directory;

    private static long idOfAnEndedProcess() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    @Test
    void thereIsNothingToDoAfterARunThatEnded() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 1)) {
            project.experiment("lr=0.3");

            assertThat(WorkspaceRecovery.run(project.project())).isEmpty();
        }
    }

    @Test
    void aRunKilledBeforeItsFirstStageGivesTheParametersBack() {
        try (TestProject project = TestProject.withCheckpoints(directory, 1)) {
            ObjectId head = project.project().git().head().orElseThrow();
            RunJournal.begin(
                    project.project(),
                    head,
                    project.project().git().commit(head).tree());
            String before = project.read("params.yaml");
            project.file("params.yaml", "epochs: 9\n");

            assertThat(WorkspaceRecovery.run(project.project()))
                    .singleElement()
                    .asString()
                    .contains("A run was killed", "the state before it", "refs/cairn/aside");

            assertThat(project.read("params.yaml")).isEqualTo(before);
            assertThat(project.sh("git show refs/cairn/aside:params.yaml")).isEqualTo("epochs: 9");
            assertThat(WorkspaceRecovery.run(project.project())).isEmpty();
        }
    }

    @Test
    void nothingIsDoneWhileARunIsAlive() {
        try (TestProject project = TestProject.withCheckpoints(directory, 1);
                ExperimentLock running = ExperimentLock.acquire(project.project())) {
            ObjectId head = project.project().git().head().orElseThrow();
            RunJournal.begin(
                    project.project(),
                    head,
                    project.project().git().commit(head).tree());
            project.file("params.yaml", "epochs: 9\n");

            assertThat(WorkspaceRecovery.run(project.project())).isEmpty();

            assertThat(project.read("params.yaml")).isEqualTo("epochs: 9\n");
            assertThat(running).isNotNull();
        }
    }

    @Test
    void whatWasBeingAppliedIsFinished() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 2)) {
            ExperimentResult result = project.experiment();
            String first = result.checkpoints().get(0).revision();
            project.file(TestProject.TEMPORARY + "/exps/apply.journal", first + "\n")
                    .file("params.yaml", "half: applied\n");

            assertThat(WorkspaceRecovery.run(project.project()))
                    .singleElement()
                    .asString()
                    .contains("it was finished");

            assertThat(project.read("model.txt")).isEqualTo("epoch 1 lr 0.5\n");
            assertThat(project.read("metrics.yaml")).isEqualTo("acc: 0.1\n");
            assertThat(project.sh("git show refs/exps/apply/stash:params.yaml")).isEqualTo("half: applied");
            assertThat(project.exists(TestProject.TEMPORARY + "/exps/apply.journal"))
                    .isFalse();
        }
    }

    @Test
    void aCommandThatOutlivedItsProgramIsEndedWithAllThatItStarted() throws Exception {
        try (TestProject project = TestProject.withCheckpoints(directory, 1)) {
            ProcessBuilder training = new ProcessBuilder("sh", "-c", "sleep 60 & sleep 60");
            training.environment().put("CAIRN_STAGE", "mark");
            Process orphan = training.start();
            project.file(
                    TestProject.TEMPORARY + "/exps/stage.pid",
                    "%d\nmark %d %d\n"
                            .formatted(
                                    idOfAnEndedProcess(),
                                    orphan.pid(),
                                    orphan.info().startInstant().orElseThrow().toEpochMilli()));

            assertThat(WorkspaceRecovery.run(project.project())).hasSize(1);

            assertThat(orphan.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(orphan.descendants()).isEmpty();
            assertThat(project.exists(TestProject.TEMPORARY + "/exps/stage.pid"))
                    .isFalse();
        }
    }

    @Test
    void filesThatWereHalfWrittenAreRemoved() throws Exception {
        try (TestProject project = TestProject.withCheckpoints(directory, 1)) {
            long killed = idOfAnEndedProcess();
            String ours = ".params.yaml.cairn-" + killed + "-1x2y.tmp";
            project.file(TestProject.TEMPORARY + "/lock", " " + killed + "\ncairn\n")
                    .file(ours, "")
                    .file("._params.yaml12345678.tmp", "")
                    .file(".notes.tmp", "the user's");

            assertThat(WorkspaceRecovery.run(project.project())).isEmpty();

            assertThat(project.exists(ours)).isFalse();
            assertThat(project.exists("._params.yaml12345678.tmp")).isFalse();
            assertThat(project.exists(".notes.tmp")).isTrue();
        }
    }

    @Test
    void theDirectoryOfAKilledTemporaryRunIsRemoved() throws Exception {
        try (TestProject project = TestProject.withCheckpoints(directory, 1)) {
            Path places = project.root().resolve(TestProject.TEMPORARY + "/exps/standalone");
            Path killed = Files.createDirectories(places.resolve("tmp-cairn-" + idOfAnEndedProcess() + "-1"));
            Path alive = Files.createDirectories(
                    places.resolve("tmp-cairn-" + ProcessHandle.current().pid() + "-1"));
            Path others = Files.createDirectories(places.resolve("tmpabc"));

            TemporaryRunner.removeAbandoned(project.project());

            assertThat(killed).doesNotExist();
            assertThat(alive).exists();
            assertThat(others).exists();
        }
    }
}

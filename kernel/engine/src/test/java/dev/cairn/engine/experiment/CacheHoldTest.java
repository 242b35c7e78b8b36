package dev.cairn.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.TestProject;
import dev.cairn.engine.error.MissingDataException;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.engine.reproduce.RunListener;
import dev.cairn.store.lock.FlockLock;
import dev.cairn.store.lock.LockHeldException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run takes into the cache is not removed before a commit says that it is used. */
class CacheHoldTest {
    private static final Duration SHORT = Duration.ofMillis(10);

    @TempDir
    Path dir;

    @Test
    void noOtherCommandComesInWhileACheckpointIsTaken() throws Exception {
        try (TestProject project = TestProject.withCheckpoints(dir, 2)) {
            List<Boolean> held = new ArrayList<>();
            RunListener listener = new RunListener() {
                @Override
                public void checkpointRecorded(CheckpointEvent event) {
                    held.add(isHeld(project.project().lockFile()));
                }
            };

            new ExperimentRunner(project.project(), listener).run(ExperimentRequest.of());

            assertThat(held).containsExactly(true, true);
            assertThat(isHeld(project.project().lockFile())).isFalse();
        }
    }

    private static boolean isHeld(Path file) {
        try (FlockLock lock = FlockLock.acquire(file, SHORT)) {
            return false;
        } catch (LockHeldException e) {
            return true;
        }
    }

    /** A stage that makes a file, and one after it. */
    private static String twoStages(String secondCommand, String secondDependencies) {
        return """
                stages:
                  first:
                    cmd: cp in.txt first.txt
                    deps: [in.txt]
                    outs: [first.txt]
                  second:
                    cmd: %s
                    %s
                    outs: [second.txt]
                """
                .formatted(secondCommand, secondDependencies);
    }

    @Test
    void whatWasCollectedBesideATemporaryRunIsStoredAgain() throws Exception {
        try (TestProject project = TestProject.in(dir)) {
            Path cache = project.root().resolve(".dvc/cache");
            project.file("in.txt", "in\n")
                    .file(
                            "dvc.yaml",
                            twoStages(
                                    "cp first.txt second.txt && rm -rf '%s'/??".formatted(cache), "deps: [first.txt]"))
                    .commit();

            ExperimentResult result = new TemporaryRunner(project.project(), RunListener.SILENT)
                    .run(ExperimentRequest.of(), null, List.of());

            new LockedOutputs(project.project())
                    .requireCached(
                            PipelineReader.read(project.project().revision(ObjectId.fromString(result.revision()))));
        }
    }

    @Test
    void aTemporaryRunWhoseOutputsWereOnlyLinkedSaysWhenTheyWereCollected() throws Exception {
        try (TestProject project = TestProject.in(dir)) {
            Path cache = project.root().resolve(".dvc/cache");
            project.file("in.txt", "in\n")
                    .file(".dvc/config", "[core]\n    analytics = false\n[cache]\n    type = symlink\n")
                    .file(
                            "dvc.yaml",
                            twoStages("rm -rf '%s'/?? && echo done > second.txt".formatted(cache), "deps: []"))
                    .commit();
            try (Project reopened = Project.open(project.project().environment())) {
                assertThatThrownBy(() -> new TemporaryRunner(reopened, RunListener.SILENT)
                                .run(ExperimentRequest.of(), null, List.of()))
                        .isInstanceOf(MissingDataException.class)
                        .hasMessageContaining("removed from the cache while the experiment ran: first.txt");
            }
            assertThat(new ExperimentRefs(project.project().git()).all()).isEmpty();
        }
    }

    @Test
    void nothingGoesOnFromACheckpointWhoseModelIsGone() throws Exception {
        try (TestProject project = TestProject.withCheckpoints(dir, 2)) {
            ExperimentResult first = project.experiment();
            project.sh("rm -rf .dvc/cache model.txt");

            assertThatThrownBy(() -> new TemporaryRunner(project.project(), RunListener.SILENT)
                            .run(ExperimentRequest.of(), first.revision(), List.of()))
                    .isInstanceOf(MissingDataException.class)
                    .hasMessageContaining("model.txt");

            assertThat(project.sh("git for-each-ref --format='%(objectname)' 'refs/exps/*/*/" + first.name() + "'")
                            .strip())
                    .isEqualTo(first.revision());
        }
    }

    @Test
    void aResultIsNotGivenUpForACommandThatIsAtWorkWhenItEnds() throws Exception {
        try (TestProject project = TestProject.in(dir)) {
            Path file = project.project().lockFile();
            List<String> warnings = new ArrayList<>();
            try (ProjectLock lock = new ProjectLock(project.project())) {
                lock.whileReleased(
                        () -> {
                            FlockLock other = FlockLock.acquire(file, SHORT);
                            CompletableFuture.delayedExecutor(3500, TimeUnit.MILLISECONDS)
                                    .execute(other::close);
                        },
                        warnings::add);

                assertThat(isHeld(file)).isTrue();
            }
            assertThat(warnings).containsExactly("Waiting for another command on this project to end.");
        }
    }
}

package dev.cairn.engine.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.TestProject;
import dev.cairn.engine.error.StageFailedException;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.engine.reproduce.ReproduceRequest.Flag;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelStagesTest {
    /** The second branch is done before the first: it is the first that waits for the second. */
    private static final String DIAMOND =
            """
            stages:
              source:
                cmd: cp in.txt s.txt
                deps: [in.txt]
                outs: [s.txt]
              left:
                cmd: touch left.begun; until test -e right.begun; do :; done; cat s.txt s.txt > l.txt
                deps: [s.txt]
                outs: [l.txt]
              right:
                cmd: touch right.begun; until test -e left.begun; do :; done; cat s.txt > r.txt
                deps: [s.txt]
                outs: [r.txt]
              join:
                cmd: cat l.txt r.txt > j.txt
                deps: [l.txt, r.txt]
                outs: [j.txt]
            """;

    @TempDir
    Path directory;

    private TestProject project(String name, String pipeline) {
        return TestProject.in(directory.resolve(name))
                .file("in.txt", "1\n")
                .file("dvc.yaml", pipeline)
                .commit();
    }

    private static ReproduceResult reproduce(TestProject project, int jobs, RunListener listener, Flag... flags)
            throws InterruptedException {
        try (ProjectLock lock = new ProjectLock(project.project())) {
            return new Reproducer(
                            project.project(),
                            lock,
                            new ReproduceRequest(List.of(), Set.of(flags), false),
                            RunMode.reproduction(Map.of()),
                            listener)
                    .withJobs(jobs)
                    .run();
        }
    }

    private static List<String> kinds(ReproduceResult result) {
        return result.outcomes().stream().map(o -> o.stage() + " " + o.kind()).toList();
    }

    @Test
    void branchesOfADiamondRunTogetherAndWhatNeedsThemRunsAfterwards() throws InterruptedException {
        try (TestProject project = project("diamond", DIAMOND)) {
            ReproduceResult result = reproduce(project, 2, RunListener.SILENT);

            assertThat(kinds(result))
                    .containsExactly("source EXECUTED", "left EXECUTED", "right EXECUTED", "join EXECUTED");
            assertThat(project.read("j.txt")).isEqualTo("1\n1\n1\n");
            assertThat(kinds(reproduce(project, 2, RunListener.SILENT)))
                    .containsExactly("source SKIPPED", "left SKIPPED", "right SKIPPED", "join SKIPPED");
        }
    }

    @Test
    void whatIsWrittenDoesNotTellWhichStageWasQuicker() throws InterruptedException {
        String slowThenQuick =
                """
                stages:
                  slow:
                    cmd: until test -e quick.txt; do :; done; cat in.txt > slow.txt
                    deps: [in.txt]
                    outs: [slow.txt]
                  quick:
                    cmd: cat in.txt > quick.txt
                    deps: [in.txt]
                    outs: [quick.txt]
                """;
        try (TestProject parallel = project("parallel", slowThenQuick);
                TestProject serial = project("serial", slowThenQuick)) {
            reproduce(parallel, 4, RunListener.SILENT);
            serial.file("quick.txt", "").reproduce("slow");
            serial.reproduce();

            assertThat(parallel.read("dvc.lock")).isEqualTo(serial.read("dvc.lock"));
            assertThat(parallel.read(".gitignore")).isEqualTo("/slow.txt\n/quick.txt\n");
        }
    }

    @Test
    void afterAFailureTheOtherBranchIsKeptAndNothingMoreBegins() throws InterruptedException {
        String failing = DIAMOND.replace("cat s.txt s.txt > l.txt", "exit 4")
                .replace("until test -e left.begun", "until test -e failed.txt")
                .replace("touch left.begun;", "touch left.begun failed.txt;");
        try (TestProject project = project("failing", failing)) {
            assertThatThrownBy(() -> reproduce(project, 2, RunListener.SILENT))
                    .isInstanceOf(StageFailedException.class)
                    .hasMessageStartingWith("failed to reproduce 'left': failed to run:")
                    .hasMessageEndingWith("exited with 4");

            assertThat(project.read("dvc.lock"))
                    .contains("  source:\n", "  right:\n")
                    .doesNotContain("  left:\n", "  join:\n");
            assertThat(project.exists("j.txt")).isFalse();
        }
    }

    @Test
    void anInterruptEndsEveryCommandAndKeepsWhatWasDone() throws InterruptedException {
        String endless = DIAMOND.replace("cat s.txt s.txt > l.txt", "exec sleep 600")
                .replace("cat s.txt > r.txt", "exec sleep 600");
        CountDownLatch started = new CountDownLatch(2);
        RunListener listener = new RunListener() {
            @Override
            public void stageStarted(dev.cairn.engine.pipeline.Stage stage, List<String> commands) {
                if (!stage.address().name().equals("source")) {
                    started.countDown();
                }
            }
        };
        try (TestProject project = project("endless", endless)) {
            Thread run = Thread.currentThread();
            Thread user = new Thread(() -> {
                try {
                    started.await();
                    run.interrupt();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            user.start();

            assertThatThrownBy(() -> reproduce(project, 2, listener)).isInstanceOf(InterruptedException.class);
            user.join();

            assertThat(project.read("dvc.lock")).contains("  source:\n").doesNotContain("left", "right");
            assertThat(project.read(TestProject.TEMPORARY + "/rwlock")).isEqualTo("{}");
            assertThat(project.exists(TestProject.TEMPORARY + "/exps/stage.pid"))
                    .isFalse();
        }
    }

    @Test
    void pathsStayLockedWhileAnyStageReadsThem() throws InterruptedException {
        String readers =
                """
                stages:
                  one:
                    cmd: until test -e two.txt; do :; done; grep -c in.txt .dvc/tmp/rwlock > one.txt
                    deps: [in.txt]
                    outs: [one.txt]
                  two:
                    cmd: touch two.txt
                    deps: [in.txt]
                    outs: [two.txt]
                """;
        try (TestProject project = project("readers", readers)) {
            reproduce(project, 2, RunListener.SILENT);

            assertThat(project.read("one.txt").strip()).isNotEqualTo("0");
        }
    }

    @Test
    void theOutputOfEachStageEndsWithItsCommand() throws InterruptedException {
        List<StageAddress> ended = new java.util.concurrent.CopyOnWriteArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void outputEnded(StageAddress stage) {
                ended.add(stage);
            }
        };
        try (TestProject project = project("outputs", DIAMOND)) {
            reproduce(project, 3, listener);

            assertThat(ended)
                    .extracting(StageAddress::name)
                    .contains("left", "right")
                    .hasSize(4);
        }
    }
}

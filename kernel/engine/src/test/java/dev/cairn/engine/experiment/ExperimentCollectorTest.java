package dev.cairn.engine.experiment;

import static dev.cairn.engine.experiment.GoldenExperiments.assertPrints;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentCollectorTest {
    private static final String FIRST_COMMIT = "0da739e8e7dd0581ab031fd459b6045b1028875e";
    private static final String QUEUED = "3a0069e3020adc083b5137bd8b382d7e4a015982";

    private GoldenExperiments project;

    @BeforeEach
    void unpack(@TempDir Path root) throws IOException, GitAPIException {
        project = GoldenExperiments.unpack(root);
    }

    @AfterEach
    void close() {
        project.close();
    }

    private ExperimentTable show(ShowRequest request) {
        return project.collector().collect(request);
    }

    @Test
    void showsHeadAndItsExperimentsAsDvcDoes() throws IOException {
        assertPrints(show(ShowRequest.ofHead()).toJson(ZoneOffset.UTC), "exp-show.json");
    }

    @Test
    void showsOlderCommitsAndTheQueueAsDvcDoes() throws IOException {
        assertPrints(show(ShowRequest.ofHead().withNum(2)).toJson(ZoneOffset.UTC), "exp-show-n2.json");
    }

    @Test
    void showsAllCommitsAsDvcDoes() throws IOException {
        var all = new ShowRequest(List.of(), 1, false, false, true, false, false, false, false);

        assertPrints(show(all).toJson(ZoneOffset.UTC), "exp-show-all.json");
    }

    @Test
    void aCommitIsReadOnce() {
        var collector = project.collector();
        collector.collect(ShowRequest.ofHead());
        int read = project.commitsRead.get();

        collector.collect(ShowRequest.ofHead());

        assertThat(read).isPositive();
        assertThat(project.commitsRead).hasValue(read);
    }

    @Test
    void keepsOnlyParametersThatStagesUse() {
        var paramDeps = new ShowRequest(List.of("main"), 1, false, false, false, false, false, false, true);

        var head = show(paramDeps).baselines().get(1).baseline();

        assertThat(head.params().get("params.yaml").data()).containsOnlyKeys("lr", "epochs");
    }

    @Test
    void hidesTheQueueWhenAsked() {
        var hidden = new ShowRequest(List.of("v1"), 1, false, false, false, true, true, false, false);

        assertThat(names(show(hidden).baselines().get(1))).containsExactly("second", "first");
    }

    @Test
    void saysWhereTheExperimentsAreWhenHeadHasNone() throws IOException, GitAPIException {
        try (var git = org.eclipse.jgit.api.Git.open(project.root.toFile())) {
            git.commit().setMessage("three").setSign(false).call();
        }

        var table = show(ShowRequest.ofHead());

        assertThat(table.notes()).containsExactly("2 experiments under 54b71a7; use `exp show -n 2`");
    }

    @Test
    void showsARunInTheWorkspaceWhileItsProcessLives() {
        Path run = project.root.resolve(".dvc/tmp/exps/run/workspace");
        GoldenExperiments.write(run.resolve("workspace.json"), "{\"pid\": 4711, \"stdout\": null}");
        GoldenExperiments.write(
                run.resolve("workspace.run"),
                "{\"baseline_rev\": \"54b71a7070decaa66fb3617d614894457df3173b\", \"name\": \"now\", \"status\": 2,"
                        + " \"root_dir\": \"/somewhere\", \"location\": \"workspace\"}");

        var running =
                show(ShowRequest.ofHead()).baselines().get(1).experiments().get(0);

        assertThat(running.name()).isEqualTo("now");
        assertThat(running.tip().isWorkspace()).isTrue();
        assertThat(running.executor())
                .isEqualTo(new ExperimentRange.Executor(
                        "running", "workspace", new ExperimentRange.Local("/somewhere", null, 4711L, null, null)));
    }

    @Test
    void aRunWhoseProcessIsGoneIsNotShown() {
        Path run = project.root.resolve(".dvc/tmp/exps/run/workspace");
        GoldenExperiments.write(run.resolve("workspace.json"), "{\"pid\": 1}");

        assertThat(names(show(ShowRequest.ofHead()).baselines().get(1))).containsExactly("fourth", "third");
    }

    @Test
    void showsATaskThatAWorkerTookAsRunning() {
        String body = "[[{\"stash_rev\": \"" + QUEUED + "\", \"baseline_rev\": \"" + FIRST_COMMIT
                + "\", \"name\": \"queued\"}], {}, {}]";
        String message = "{\"body\": \""
                + Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8))
                + "\", \"headers\": {\"id\": \"c804ae28\"}}";
        Path exps = project.root.resolve(".dvc/tmp/exps");
        GoldenExperiments.write(exps.resolve("celery/broker/processed/1_x.celery.msg"), message);
        GoldenExperiments.write(
                exps.resolve("run").resolve(QUEUED).resolve(QUEUED + ".json"),
                "{\"pid\": 4711, \"stdout\": \"/log\", \"returncode\": null}");

        var rows = show(ShowRequest.ofHead().withNum(2)).baselines().get(2);

        assertThat(names(rows)).containsExactly("queued", "second", "first");
        assertThat(rows.experiments().get(0).executor())
                .isEqualTo(new ExperimentRange.Executor(
                        "running", "dvc-task", new ExperimentRange.Local(null, "/log", 4711L, null, QUEUED)));
    }

    @Test
    void aFailedExperimentKeepsItsDataAndComesLast() {
        GoldenExperiments.write(project.root.resolve(".git/refs/exps/celery/failed"), QUEUED + "\n");
        GoldenExperiments.write(
                project.root.resolve(".git/logs/refs/exps/celery/failed"),
                "0".repeat(40) + " " + QUEUED + " t <t@t> 1795431006 +0000\tcommit: dvc-exp:" + FIRST_COMMIT + ":"
                        + FIRST_COMMIT + ":broken\n");

        var rows = show(ShowRequest.ofHead().withNum(2)).baselines().get(2);

        assertThat(names(rows)).containsExactly("second", "first", "queued", "broken");
        var failed = rows.experiments().get(3);
        assertThat(failed.executor().state()).isEqualTo("failed");
        assertThat(failed.tip().isReadable()).isTrue();
        assertThat(failed.tip().error().message()).isEqualTo("Experiment run failed");
    }

    @Test
    void aBrokenParameterFileIsTheErrorOfTheWorkspaceRow() {
        GoldenExperiments.write(project.root.resolve("params.yaml"), "lr: [1\n");

        var workspace = show(ShowRequest.ofHead()).baselines().get(0).baseline();

        assertThat(workspace.isReadable()
                        && workspace.params().get("params.yaml").error() == null)
                .isFalse();
    }

    private static List<String> names(BaselineExperiments baseline) {
        return baseline.experiments().stream().map(ExperimentRange::name).toList();
    }
}

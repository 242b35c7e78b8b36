package dev.cairn.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.TestProject;
import dev.cairn.engine.data.AddRequest;
import dev.cairn.engine.data.DataTracker;
import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.experiment.QueueControl.Item;
import dev.cairn.engine.experiment.QueueControl.State;
import dev.cairn.engine.params.ParameterOverride;
import dev.cairn.engine.reproduce.RunListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueControlTest {
    @TempDir
    Path dir;

    private TestProject project;
    private QueueControl queue;

    @BeforeEach
    void queueTwo() {
        project = TestProject.withCheckpoints(dir, 2);
        queue = new QueueControl(project.project());
        add("one", "lr=0.1");
        add("two", "lr=0.2");
    }

    @AfterEach
    void close() {
        project.close();
    }

    private void add(String name, String... overrides) {
        ParameterOverride[] parsed =
                List.of(overrides).stream().map(ParameterOverride::parse).toArray(ParameterOverride[]::new);
        queue.add(ExperimentRequest.of(parsed).named(name), null, List.of());
    }

    private QueueRunner runner() {
        return new QueueRunner(project.project(), Map.of(), log -> RunListener.SILENT);
    }

    private List<String> states() {
        return queue.items().stream()
                .map(item -> item.name() + " " + item.state())
                .toList();
    }

    @Test
    void queuedExperimentsRunInTheOrderTheyCameAndLeaveTheWorkspaceAlone() throws Exception {
        project.file("params.yaml", "epochs: 2\nlr: 0.9\nfail_at: 0\n");
        String before = project.sh("git status --porcelain && git symbolic-ref HEAD");

        assertThat(states()).containsExactly("one QUEUED", "two QUEUED");
        assertThat(runner().runNext().orElseThrow().name()).isEqualTo("one");

        assertThat(states()).containsExactly("two QUEUED", "one SUCCESS");
        assertThat(project.sh("git status --porcelain && git symbolic-ref HEAD"))
                .isEqualTo(before);
        String ref = project.sh("git for-each-ref --format='%(refname)' 'refs/exps/*/*/one'")
                .strip();
        assertThat(project.sh("git rev-list --count HEAD.." + ref).strip()).isEqualTo("3");
        assertThat(project.sh("git show " + ref + ":params.yaml")).contains("lr: 0.1");
        assertThat(project.sh("git fsck --strict 2>&1 | grep -v dangling || true"))
                .isEmpty();
        assertThat(project.sh("ls .dvc/tmp/exps | grep tmp || true")).isEmpty();
    }

    @Test
    void aFailedTaskIsListedAndCanBeRemoved() throws Exception {
        queue.removeAll(Set.of(State.QUEUED));
        add("broken", "fail_at=1");

        QueueRunner.Done done = runner().runNext().orElseThrow();

        assertThat(done.problem()).contains("failed to reproduce 'train'");
        assertThat(states()).containsExactly("broken FAILED");
        assertThat(queue.log("broken")).content().contains("ERROR: failed to reproduce 'train'");
        assertThat(queue.remove(List.of("broken"))).containsExactly("broken");
        assertThat(states()).isEmpty();
        assertThat(project.sh("git for-each-ref refs/exps/celery")).isEmpty();
    }

    @Test
    void aTaskWhoseWorkerWasKilledWaitsAgain() throws Exception {
        Item first = queue.items().get(0);
        // What a worker does before it is killed: it claims the task and takes its message.
        Path experiments = project.project().temporaryDirectory().resolve("exps");
        Path claim = experiments.resolve("run/%1$s/%1$s.cairn".formatted(first.task()));
        Files.createDirectories(claim.getParent());
        Files.writeString(claim, "999999999");
        Path broker = experiments.resolve("celery/broker");
        Path message;
        try (Stream<Path> messages = Files.list(broker.resolve("in"))) {
            message = messages.sorted().findFirst().orElseThrow();
        }
        Files.move(message, broker.resolve("processed").resolve(message.getFileName()));

        assertThat(states()).containsExactly("one QUEUED", "two QUEUED");
        assertThat(runner().runNext().orElseThrow().name()).isEqualTo("one");
    }

    @Test
    void oneThatIsRemovedLeavesTheOthersInPlace() {
        assertThat(queue.remove(List.of("one"))).containsExactly("one");

        assertThat(states()).containsExactly("two QUEUED");
        assertThat(project.sh("git log -g --format=%gs refs/exps/celery/stash"))
                .contains("two")
                .doesNotContain("one");
        assertThatThrownBy(() -> queue.remove(List.of("one")))
                .isInstanceOf(UnknownNameException.class)
                .hasMessage("'one' is not a valid experiment name");
        assertThatThrownBy(() -> queue.log("two")).hasMessageContaining("is in queue but has not been started");
        assertThatThrownBy(() -> queue.kill(List.of("two"))).hasMessage("'two' is not a valid running experiment name");
    }

    @Test
    void aTemporaryRunTakesWhatIsNotInGitOnlyWhenAsked() throws Exception {
        project.file("extra.txt", "more\n");
        ExperimentRequest request =
                ExperimentRequest.of(ParameterOverride.parse("lr=0.3")).named("temporary");

        ExperimentResult result =
                new TemporaryRunner(project.project(), RunListener.SILENT).run(request, null, List.of("extra.txt"));

        assertThat(result.checkpoints()).hasSize(2);
        assertThat(project.sh("git ls-tree --name-only " + result.revision())).doesNotContain("extra.txt");
        assertThat(project.sh("ls model.txt 2>/dev/null || true")).isEmpty();
        assertThatThrownBy(
                        () -> new TemporaryRunner(project.project(), RunListener.SILENT).run(request, null, List.of()))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void changedDataGoesAlongAndTheWorkspaceStaysAsItIs() throws Exception {
        DataTracker tracker = new DataTracker(project.project());
        project.file("data.txt", "old\n").file("folder/x", "old\n");
        tracker.add(AddRequest.of(List.of("data.txt", "folder"), false));
        project.file(
                        "dvc.yaml",
                        "stages:\n  join:\n    cmd: cat data.txt folder/* > all.txt\n"
                                + "    deps: [data.txt, folder]\n    outs: [all.txt]\n")
                .commit();
        project.file("data.txt", "new\n").file("folder/y", "more\n");
        String before = project.sh("git status --porcelain && cat data.txt.dvc folder.dvc");

        ExperimentResult result = new TemporaryRunner(project.project(), RunListener.SILENT)
                .run(ExperimentRequest.of().named("temporary"), null, List.of());

        assertThat(project.sh("git status --porcelain && cat data.txt.dvc folder.dvc"))
                .isEqualTo(before);
        String hash = project.sh("git show %s:data.txt.dvc | sed -n 's/.*md5: //p'".formatted(result.revision()));
        assertThat(hash).isEqualTo(project.sh("md5sum data.txt | cut -c1-32"));
        String made = project.sh(
                "git show %s:dvc.lock | grep -A1 all.txt | sed -n 's/.*md5: //p'".formatted(result.revision()));
        assertThat(project.sh("cat .dvc/cache/%s/%s".formatted(made.substring(0, 2), made.substring(2))))
                .isEqualTo("new\nold\nmore");
    }

    @Test
    void aTemporaryRunGoesOnFromACheckpoint() throws Exception {
        ExperimentResult first = new TemporaryRunner(project.project(), RunListener.SILENT)
                .run(ExperimentRequest.of().named("first"), null, List.of());
        String checkpoint = first.checkpoints().get(0).revision();

        ExperimentResult fork = new TemporaryRunner(project.project(), RunListener.SILENT)
                .run(ExperimentRequest.of(ParameterOverride.parse("lr=0.7")).named("fork"), checkpoint, List.of());

        assertThat(fork.continuation()).isEqualTo(RunListener.Continuation.FORKED);
        assertThat(project.sh("git rev-parse " + fork.checkpoints().get(0).revision() + "^")
                        .strip())
                .isEqualTo(checkpoint);
    }
}

package dev.cairn.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.TestProject;
import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.experiment.ExperimentExchange.Exchanged;
import dev.cairn.engine.params.ParameterOverride;
import dev.cairn.store.StoreException;
import dev.cairn.store.hash.HashName;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentExchangeTest {
    private static final ExperimentSelection ALL = new ExperimentSelection(List.of(), List.of(), 1, true);

    @TempDir
    Path dir;

    private TestProject project;

    @BeforeEach
    void makeTwoExperiments() throws Exception {
        project = TestProject.withCheckpoints(dir, 2);
        project.sh("git init -q --bare ../origin && git remote add origin ../origin && git push -q origin main");
        project.experiment(ExperimentRequest.of().named("first"));
        project.experiment(
                ExperimentRequest.of(ParameterOverride.parse("lr=0.1")).named("second"));
    }

    @AfterEach
    void close() {
        project.close();
    }

    private ExperimentExchange exchange() {
        return new ExperimentExchange(project.project());
    }

    private static ExperimentSelection named(String... names) {
        return new ExperimentSelection(List.of(names), List.of(), 1, false);
    }

    private static List<String> names(List<ExperimentRef> refs) {
        return refs.stream().map(ExperimentRef::name).toList();
    }

    @Test
    void experimentsGoToARemoteAndComeBack() {
        assertThat(names(exchange().push("origin", named("first"), false).moved()))
                .containsExactly("first");
        Exchanged all = exchange().push("origin", ALL, false);
        assertThat(names(all.upToDate())).containsExactly("first");
        assertThat(names(all.moved())).containsExactly("second");

        new ExperimentRemover(project.project()).remove(ALL);
        assertThat(new ExperimentRefs(project.project().git()).all()).isEmpty();
        assertThat(names(exchange().pull("origin", named("second"), false).moved()))
                .containsExactly("second");
        assertThat(names(exchange().pull("origin", ALL, false).present())).containsExactly("second", "first");
        assertThat(project.sh("ls .git/FETCH_HEAD 2>/dev/null || true")).isEmpty();
    }

    @Test
    void whatHasDivergedIsReplacedOnlyWhenAsked() throws Exception {
        exchange().push("origin", named("first"), false);
        ExperimentRequest again = ExperimentRequest.of(ParameterOverride.parse("lr=0.2"));
        project.experiment(new ExperimentRequest(
                again.reproduce(), "first", again.overrides(), true, true, null, again.environment()));

        assertThat(names(exchange().push("origin", named("first"), false).diverged()))
                .containsExactly("first");
        assertThat(names(exchange().pull("origin", named("first"), false).diverged()))
                .containsExactly("first");
        assertThat(names(exchange().push("origin", named("first"), true).moved()))
                .containsExactly("first");
    }

    @Test
    void everyCheckpointsContentIsMeant() {
        ExperimentRef first = new ExperimentSelector(
                        project.project().git(),
                        new ExperimentRefs(project.project().git()).all())
                .find("first")
                .orElseThrow();

        assertThat(exchange().content(List.of(first)).get(HashName.MD5_DOS2UNIX))
                .hasSize(2);
    }

    @Test
    void unknownNamesAndRemotesAreRefused() {
        assertThatThrownBy(() -> exchange().push("origin", named("frist"), false))
                .isInstanceOf(UnknownNameException.class)
                .hasMessage("'frist' is not a valid experiment name");
        assertThatThrownBy(() -> exchange().push("nowhere", named("first"), false))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("'nowhere'");
    }

    @Test
    void experimentsAreRemovedFromTheRemote() {
        exchange().push("origin", ALL, false);

        assertThat(new ExperimentRemover(project.project()).removeRemote("origin", named("first")))
                .containsExactly("first");

        assertThat(project.sh("git ls-remote origin 'refs/exps/*'"))
                .contains("/second")
                .doesNotContain("/first");
        assertThat(project.sh("git for-each-ref refs/exps")).contains("/first");
    }

    @Test
    void anExperimentGetsAnotherName() {
        new ExperimentRenamer(project.project()).rename("first", "best", false);

        assertThat(project.sh("git for-each-ref refs/exps")).contains("/best").doesNotContain("/first");
        assertThatThrownBy(() -> new ExperimentRenamer(project.project()).rename("best", "second", false))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void experimentsOfOtherCommitsAreCollected() {
        project.sh("git add -A && git commit -qm next");
        ExperimentCleaner cleaner = new ExperimentCleaner(project.project());

        assertThat(cleaner.collect(kept(true, false))).isEqualTo(2);
        assertThat(cleaner.collect(kept(true, false))).isZero();
    }

    @Test
    void experimentsOfAKeptCommitStay() {
        project.sh("git add -A && git commit -qm next");

        assertThat(new ExperimentCleaner(project.project()).collect(kept(false, true)))
                .isZero();
    }

    private static ExperimentCleaner.Kept kept(boolean workspace, boolean commits) {
        return new ExperimentCleaner.Kept(workspace, List.of(), 1, false, false, commits, null, false);
    }

    @Test
    void theWorkspaceIsSavedAsAnExperiment() {
        project.sh("git checkout -q . && rm -f model.txt dvc.lock metrics.yaml .gitignore");
        project.file("params.yaml", "epochs: 2\nlr: 0.77\nfail_at: 0\n")
                .file("model.txt", "by hand\n")
                .file("metrics.yaml", "acc: 1\n")
                .file("notes.txt", "kept\n")
                .file("more.txt", "not kept\n");

        ExperimentSaver.Saved saved = new ExperimentSaver(project.project())
                .save(new ExperimentSaver.Request("saved", false, List.of("notes.txt"), null));

        assertThat(project.sh("git show " + saved.revision() + ":params.yaml")).contains("0.77");
        assertThat(project.sh("git ls-tree --name-only " + saved.revision()).lines())
                .contains("notes.txt", "dvc.lock")
                .doesNotContain("more.txt", "model.txt");
        assertThat(saved.leftOut()).contains("more.txt");
        assertThatThrownBy(() -> new ExperimentSaver(project.project())
                        .save(new ExperimentSaver.Request("saved", false, List.of(), null)))
                .isInstanceOf(ConflictException.class);
    }
}

package dev.cairn.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.TestProject;
import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.pipeline.StageFreezer;
import dev.cairn.engine.reproduce.ReproduceResult;
import dev.cairn.engine.reproduce.RunListener;
import dev.cairn.engine.reproduce.StageOutcome;
import dev.cairn.engine.reproduce.StageRemover;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageEditsTest {
    @TempDir
    Path dir;

    private TestProject project;

    @BeforeEach
    void makeProject() {
        project = TestProject.in(dir)
                .file("in.txt", "1\n")
                .file(
                        "dvc.yaml",
                        """
                        # above
                        stages:
                          a:
                            cmd: cp in.txt a.txt # how
                            deps: [in.txt]
                            outs: [a.txt]
                          b:
                            cmd: cp a.txt b.txt
                            deps: [a.txt]
                            outs: [b.txt]
                          f:
                            foreach: [1, 2]
                            do:
                              cmd: echo ${item} > f${item}
                              outs: ["f${item}"]
                        """);
    }

    @AfterEach
    void close() {
        project.close();
    }

    @Test
    void aFrozenStageIsNotRunUntilItIsThawed() throws Exception {
        project.reproduce();
        String before = project.read("dvc.yaml");
        StageFreezer freezer = new StageFreezer(project.project());

        freezer.freeze("a", true);
        project.file("in.txt", "2\n");

        assertThat(project.read("dvc.yaml")).contains("    outs: [a.txt]\n    frozen: true\n  b:", "# how", "# above");
        assertThat(kind(project.reproduce("a"))).isEqualTo(StageOutcome.Kind.SKIPPED);

        freezer.freeze("a", false);

        assertThat(project.read("dvc.yaml")).isEqualTo(before);
        assertThat(kind(project.reproduce("a"))).isEqualTo(StageOutcome.Kind.EXECUTED);
    }

    private static StageOutcome.Kind kind(ReproduceResult result) {
        return result.outcomes().get(result.outcomes().size() - 1).kind();
    }

    @Test
    void aStageOfATemplateCannotBeFrozenOrRemovedAlone() {
        String before = project.read("dvc.yaml");

        assertThatThrownBy(() -> new StageFreezer(project.project()).freeze("f@1", true))
                .isInstanceOf(EngineException.class)
                .hasMessage("cannot dump a parametrized stage: 'f@1'");
        assertThatThrownBy(() -> remover().remove(List.of("f@1"), false)).isInstanceOf(EngineException.class);
        assertThat(project.read("dvc.yaml")).isEqualTo(before);
    }

    @Test
    void removingAStageTakesItFromBothFilesAndLeavesItsOutputs() throws Exception {
        project.reproduce();

        remover().remove(List.of("a"), false);

        assertThat(project.read("dvc.yaml"))
                .startsWith("# above\nstages:\n  b:")
                .doesNotContain("a.txt # how");
        assertThat(project.read("dvc.lock")).doesNotContain("  a:").contains("  b:");
        assertThat(project.read(".gitignore")).doesNotContain("/a.txt").contains("/b.txt");
        assertThat(project.exists("a.txt")).isTrue();

        remover().remove(List.of("b"), true);

        assertThat(project.exists("b.txt")).isFalse();
    }

    @Test
    void nothingIsRemovedWhenOneOfTheTargetsIsUnknown() throws Exception {
        project.reproduce();
        String before = project.read("dvc.yaml");

        assertThatThrownBy(() -> remover().remove(List.of("a", "nosuch"), false))
                .isInstanceOf(UnknownNameException.class)
                .hasMessage("Stage 'nosuch' not found inside 'dvc.yaml' file");
        assertThatThrownBy(() -> remover().remove(List.of("f"), false)).isInstanceOf(UnknownNameException.class);

        assertThat(project.read("dvc.yaml")).isEqualTo(before);
    }

    @Test
    void theLastStageTakesTheFileWithIt() {
        project.file("sub/dvc.yaml", "stages:\n  only: {cmd: echo}\n");

        remover().remove(List.of("sub/dvc.yaml:only"), false);

        assertThat(project.exists("sub/dvc.yaml")).isFalse();
    }

    @Test
    void movedDataStaysTrackedUnderItsNewName() {
        project.file("data", "d\n").file("dest/keep", "k\n");
        new DataTracker(project.project()).add(AddRequest.of(List.of("data"), true));
        project.file("data.dvc", "# mine\n" + project.read("data.dvc"));

        new DataMover(project.project()).move("data", "dest");

        assertThat(project.exists("data")).isFalse();
        assertThat(project.exists("data.dvc")).isFalse();
        assertThat(project.read("dest/data")).isEqualTo("d\n");
        assertThat(project.read("dest/data.dvc")).startsWith("# mine\n").contains("path: data\n");
        assertThat(project.read("dest/.gitignore")).isEqualTo("/data\n/data\n/data\n");
        assertThat(project.exists(".gitignore")).isFalse();
    }

    @Test
    void aMoveThatCannotBeDoneChangesNothing() throws Exception {
        project.reproduce();
        project.file("data", "d\n").file("taken", "t\n");
        new DataTracker(project.project()).add(AddRequest.of(List.of("data"), true));
        String before = project.sh("git status --short --ignored");
        DataMover mover = new DataMover(project.project());

        assertThatThrownBy(() -> mover.move("nothing", "x")).hasMessageContaining("Unable to find DVC file");
        assertThatThrownBy(() -> mover.move("data", "no/such/x")).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> mover.move("data", "taken")).hasMessageContaining("exists already");
        assertThatThrownBy(() -> mover.move("a.txt", "c.txt")).hasMessageContaining("not data sources");
        assertThatThrownBy(() -> mover.move("data", "../out")).hasMessageContaining("outside");

        assertThat(project.sh("git status --short --ignored")).isEqualTo(before);
    }

    private StageRemover remover() {
        return new StageRemover(project.project(), RunListener.SILENT);
    }
}

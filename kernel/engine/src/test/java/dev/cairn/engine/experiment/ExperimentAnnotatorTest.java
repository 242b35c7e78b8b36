package dev.cairn.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.TestProject;
import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.project.Project;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentAnnotatorTest {
    @TempDir
    private Path directory;

    @Test
    void remarksAddUpAndCanBeTakenBack() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 1)) {
            String name = project.experiment().name();
            var annotator = new ExperimentAnnotator(project.project());

            annotator.star(name, true);
            annotator.tag(name, List.of("good", "v1"), List.of());
            annotator.note(name, "with  less\nnoise");
            Annotation annotation =
                    annotator.tag(name, List.of(), List.of("v1")).annotation();

            assertThat(annotation.shown()).isEqualTo("★ #good “with less noise”");
            assertThat(annotator.star(name, false).annotation().shown()).isEqualTo("#good “with less noise”");
            assertThat(annotator.note(name, "").annotation().shown()).isEqualTo("#good");
            assertThatThrownBy(() -> annotator.tag(name, List.of("two words"), List.of()))
                    .isInstanceOf(EngineException.class);
        }
    }

    @Test
    void theyAreGitNotesThatFollowTheName() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 1)) {
            ExperimentResult result = project.experiment();
            new ExperimentAnnotator(project.project()).note(result.name(), "keep this");

            new ExperimentRenamer(project.project()).rename(result.name(), "renamed", false);

            ExperimentRef renamed = new ExperimentRef(result.ref().baseline(), "renamed");
            String ref = Annotations.refName(renamed).substring("refs/notes/".length());
            assertThat(project.sh("git notes --ref=" + ref + " show " + result.revision()))
                    .startsWith("note: keep this");
            project.sh("git fsck --strict");
            new ExperimentRemover(project.project())
                    .remove(new ExperimentSelection(List.of("renamed"), List.of(), 1, false));
            assertThat(project.sh("git for-each-ref refs/notes")).isEmpty();
        }
    }

    @Test
    void pushAndPullBringThemAlong() throws InterruptedException {
        try (TestProject project = TestProject.withCheckpoints(directory, 1)) {
            String name = project.experiment().name();
            var selection = new ExperimentSelection(List.of(name), List.of(), 1, false);
            new ExperimentAnnotator(project.project()).star(name, true);
            project.sh(
                    "git init -q --bare ../origin && git push -q ../origin main && git clone -q -b main ../origin ../clone");
            new ExperimentExchange(project.project()).push("../origin", selection, false);

            Path clone = directory.resolve("clone");
            try (Project other = Project.open(project.project().environment().in(clone))) {
                new ExperimentExchange(other).pull("../origin", selection, false);

                assertThat(new Annotations(other.git()).all().values())
                        .extracting(Annotation::shown)
                        .containsExactly("★");
            }
        }
    }
}

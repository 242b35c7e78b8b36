package dev.cairn.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.error.UnknownNameException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentRefsTest {
    private static final ObjectId FIRST_COMMIT = ObjectId.fromString("0da739e8e7dd0581ab031fd459b6045b1028875e");
    private static final ObjectId HEAD = ObjectId.fromString("54b71a7070decaa66fb3617d614894457df3173b");
    private static final ObjectId FOURTH = ObjectId.fromString("b82479d4710113d00c6c351a13b353edf0d480b9");
    private static final ObjectId FOURTH_CHECKPOINT = ObjectId.fromString("b2de9b8ee4a74b9f5e52068f21f511e2864d599b");

    private GoldenExperiments project;

    @BeforeEach
    void unpack(@TempDir Path root) throws IOException, GitAPIException {
        project = GoldenExperiments.unpack(root);
    }

    @AfterEach
    void close() {
        project.close();
    }

    private void ref(String name, ObjectId target) {
        GoldenExperiments.write(project.root.resolve(".git").resolve(name), target.name() + "\n");
    }

    @Test
    void listsExperimentsAndNoOtherRefs() {
        assertThat(project.refs.all().keySet())
                .extracting(ExperimentRef::name)
                .containsExactly("first", "second", "fourth", "third");
        assertThat(project.refs.of(HEAD).keySet())
                .extracting(ExperimentRef::name)
                .containsExactly("fourth", "third");
    }

    @Test
    void parsesAndSpellsRefNames() {
        var ref = new ExperimentRef(HEAD, "boozy-he'd");

        assertThat(ref.refName()).isEqualTo("refs/exps/54/b71a7070decaa66fb3617d614894457df3173b/boozy-he'd");
        assertThat(ExperimentRef.parse(ref.refName())).contains(ref);
        assertThat(List.of("refs/exps/exec/EXEC_HEAD", "refs/exps/celery/stash", "refs/exps/stash", "refs/heads/main"))
                .allMatch(name -> ExperimentRef.parse(name).isEmpty());
    }

    @Test
    void findsTheExperimentsThatHoldACheckpoint() {
        assertThat(project.refs.containing(FOURTH_CHECKPOINT))
                .extracting(ExperimentRef::name)
                .containsExactly("fourth");
        assertThat(project.refs.containing(HEAD)).isEmpty();
    }

    @Test
    void resolvesNamesBeforeAbbreviatedHashes() {
        ref("refs/exps/54/b71a7070decaa66fb3617d614894457df3173b/b2de9b8", FOURTH);

        assertThat(project.refs.resolve("b2de9b8")).isEqualTo(FOURTH);
        assertThat(project.refs.resolve("b2de9b8e")).isEqualTo(FOURTH_CHECKPOINT);
    }

    @Test
    void resolvesBranchesTagsAndCheckpointsBeforeATip() {
        assertThat(project.refs.resolve("HEAD~1")).isEqualTo(FIRST_COMMIT);
        assertThat(project.refs.resolve("main")).isEqualTo(HEAD);
        assertThat(project.refs.resolve("v1")).isEqualTo(FIRST_COMMIT);
        assertThat(project.refs.resolve("fourth")).isEqualTo(FOURTH);
        assertThat(project.refs.resolve("fourth~1")).isEqualTo(FOURTH_CHECKPOINT);
    }

    @Test
    void anUnknownRevisionIsAnError() {
        assertThatThrownBy(() -> project.refs.resolve("nope"))
                .isInstanceOf(UnknownNameException.class)
                .hasMessage("unknown Git revision 'nope'");
    }

    @Test
    void aNameUnderSeveralBaselinesMeansTheOneUnderHead() {
        ref("refs/exps/0d/a739e8e7dd0581ab031fd459b6045b1028875e/third", FOURTH);

        assertThat(project.refs.find("third")).contains(new ExperimentRef(HEAD, "third"));
    }

    @Test
    void aNameUnderSeveralOtherBaselinesIsAmbiguous() {
        ref("refs/exps/0d/a739e8e7dd0581ab031fd459b6045b1028875e/ok", FOURTH);
        ref("refs/exps/10/a739e8e7dd0581ab031fd459b6045b1028875e/ok", FOURTH);

        assertThatThrownBy(() -> project.refs.find("ok"))
                .isInstanceOf(ConflictException.class)
                .hasMessage("Ambiguous name 'ok' refers to multiple experiments. Use one of the following full refnames"
                        + " instead:\n\n\trefs/exps/0d/a739e8e7dd0581ab031fd459b6045b1028875e/ok\n"
                        + "\trefs/exps/10/a739e8e7dd0581ab031fd459b6045b1028875e/ok\n");
        assertThat(project.refs.find("refs/exps/10/a739e8e7dd0581ab031fd459b6045b1028875e/ok"))
                .isPresent();
    }

    @Test
    void listsNamesByBaseline() {
        var lister = new ExperimentLister(project.git, project.refs);

        var groups = lister.list(List.of(), 1, true).groups();

        assertThat(groups).extracting(ExperimentList.Group::name).containsExactlyInAnyOrder("main", "refs/tags/v1");
        assertThat(lister.list(List.of(), 1, false).groups())
                .flatExtracting(ExperimentList.Group::experiments)
                .extracting(e -> e.ref().name())
                .containsExactly("fourth", "third");
        assertThat(lister.list(List.of("HEAD"), -1, false).groups()).hasSize(2);
    }
}

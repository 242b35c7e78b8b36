package dev.cairn.store.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefTransactionTest {
    private static final String REF = "refs/exps/ab/cdef/tidy-name";

    @TempDir
    Path dir;

    private TestRepository repo;
    private GitRepository git;
    private RefTransaction refs;
    private ObjectId one;
    private ObjectId two;

    @BeforeEach
    void open() throws IOException {
        repo = TestRepository.in(dir);
        git = repo.open();
        refs = new RefTransaction(git);
        one = git.head().orElseThrow();
        two = new CommitWriter(git).write(git.treeOf(one), List.of(), "unrelated");
    }

    @AfterEach
    void close() {
        git.close();
    }

    @Test
    void aRefMovesOnlyFromWhereItWasSeen() {
        refs.compareAndSet(REF, ObjectId.zeroId(), one, null);
        refs.compareAndSet(REF, one, two, null);

        assertThat(repo.git("rev-parse", REF)).isEqualTo(two.name());
        assertThatThrownBy(() -> refs.compareAndSet(REF, one, one, null))
                .isInstanceOf(RefConflictException.class)
                .hasMessageContaining(REF)
                .hasMessageContaining(two.abbreviate(7).name());
        assertThatThrownBy(() -> refs.compareAndSet(REF, ObjectId.zeroId(), one, null))
                .isInstanceOf(RefConflictException.class);
        assertThat(repo.path(".git/logs/refs/exps")).doesNotExist();
        assertThat(repo.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void aMessageMakesAReflogForAnyRef() {
        refs.compareAndSet("refs/exps/celery/stash", ObjectId.zeroId(), one, "commit: dvc-exp:a:b:first");
        refs.compareAndSet("refs/exps/celery/stash", one, two, "commit: dvc-exp:a:b:second");

        assertThat(repo.git("log", "-g", "--format=%H %gs", "refs/exps/celery/stash"))
                .isEqualTo(two.name() + " commit: dvc-exp:a:b:second\n" + one.name() + " commit: dvc-exp:a:b:first");
        assertThat(git.reflog("refs/exps/celery/stash"))
                .extracting(ReflogLine::message)
                .containsExactly("commit: dvc-exp:a:b:second", "commit: dvc-exp:a:b:first");
        assertThat(git.reflog("refs/exps/nothing")).isEmpty();
    }

    @Test
    void symbolicRefsAreMadeFollowedAndDeletedThemselves() {
        refs.setSymbolic("refs/exps/exec/EXEC_BRANCH", REF);
        refs.compareAndSet("refs/exps/exec/EXEC_BRANCH", ObjectId.zeroId(), one, null);

        assertThat(repo.git("symbolic-ref", "refs/exps/exec/EXEC_BRANCH")).isEqualTo(REF);
        assertThat(git.symbolicTarget("refs/exps/exec/EXEC_BRANCH")).contains(REF);
        assertThat(git.refValue(REF)).contains(one);
        refs.delete("refs/exps/exec/EXEC_BRANCH", null);
        assertThat(git.symbolicTarget("refs/exps/exec/EXEC_BRANCH")).isEmpty();
        assertThat(git.refValue(REF)).contains(one);
    }

    @Test
    void deletingWorksOnPackedRefsAndOnlyFromWhereTheyWereSeen() {
        refs.compareAndSet(REF, ObjectId.zeroId(), one, null);
        repo.git("pack-refs", "--all");

        assertThatThrownBy(() -> refs.delete(REF, two)).isInstanceOf(RefConflictException.class);
        refs.delete(REF, one);
        refs.delete(REF, null);

        assertThat(git.refs("refs/exps/")).isEmpty();
        assertThat(repo.git("for-each-ref", "refs/exps")).isEmpty();
    }

    @Test
    void aSymbolicRefToNothingIsDeleted() {
        refs.setSymbolic("refs/exps/exec/EXEC_BRANCH", REF);

        refs.delete("refs/exps/exec/EXEC_BRANCH", null);

        assertThat(repo.path(".git/refs/exps/exec/EXEC_BRANCH")).doesNotExist();
    }

    @Test
    void aNameWithinAnotherRefsNameIsExplained() {
        refs.compareAndSet("refs/exps/x", ObjectId.zeroId(), one, null);

        assertThatThrownBy(() -> refs.compareAndSet("refs/exps/x/y", ObjectId.zeroId(), one, null))
                .hasMessageContaining("another ref's name");
    }

    @Test
    void aForgottenLockIsNamed() throws IOException {
        Files.writeString(repo.path(".git/refs/heads/x.lock"), "");

        assertThatThrownBy(() -> refs.compareAndSet("refs/heads/x", ObjectId.zeroId(), one, null))
                .hasMessageContaining("refs/heads/x");
    }

    @Test
    void aLockThatAKilledProcessLeftOnAnExperimentIsRemoved() throws IOException {
        Files.createDirectories(repo.path(".git/refs/exps"));
        Path lock = Files.writeString(repo.path(".git/refs/exps/x.lock"), "");
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(60)));

        refs.compareAndSet("refs/exps/x", ObjectId.zeroId(), one, null);

        assertThat(lock).doesNotExist();
        assertThat(repo.git("rev-parse", "refs/exps/x")).isEqualTo(one.name());
    }
}

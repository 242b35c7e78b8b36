package dev.cairn.store.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LooseObjectsTest {
    @TempDir
    Path directory;

    private static String loose(TestRepository repository) {
        return repository.git("count-objects").replaceFirst(" .*", "").strip();
    }

    private TestRepository withManyObjects() throws Exception {
        TestRepository repository = TestRepository.in(directory);
        for (int i = 0; i < 400; i++) {
            repository.write("d" + i % 20 + "/" + i, "content of file " + i);
        }
        repository.git("add", ".");
        repository.git("commit", "-q", "-m", "many");
        repository.write("staged", "only in the index");
        repository.git("add", "staged");
        return repository;
    }

    @Test
    void theyArePackedWhenThereAreTooMany() throws Exception {
        TestRepository repository = withManyObjects();
        repository.git("config", "gc.auto", "100");
        String before = repository.git("cat-file", "--batch-check", "--batch-all-objects");
        try (GitRepository git = repository.open()) {
            int packed = new LooseObjects(git).packIfMany();

            assertThat(packed).isGreaterThan(400);
            assertThat(loose(repository)).isEqualTo("0");
            assertThat(repository.git("cat-file", "--batch-check", "--batch-all-objects"))
                    .isEqualTo(before);
            assertThat(repository.git("fsck", "--strict", "--no-dangling", "--no-progress"))
                    .isEmpty();
            assertThat(repository.git("status", "--porcelain").strip()).isEqualTo("A  staged");
            assertThat(git.head()).map(git::has).contains(true);
            assertThat(new LooseObjects(git).packIfMany()).isZero();
        }
    }

    @Test
    void aDamagedOneStaysForGitToFind() throws Exception {
        TestRepository repository = withManyObjects();
        repository.git("config", "gc.auto", "100");
        Path damaged = directory.resolve(".git/objects/17/" + "0".repeat(38));
        Files.createDirectories(damaged.getParent());
        Files.writeString(damaged, "");
        try (GitRepository git = repository.open()) {
            new LooseObjects(git).packIfMany();

            assertThat(damaged).exists();
            assertThat(loose(repository)).isEqualTo("1");
        }
    }

    @Test
    void fewStayAsTheyAreAndSoDoAllWhereGitIsNotToCollect() throws Exception {
        TestRepository repository = withManyObjects();
        String before = loose(repository);
        try (GitRepository git = repository.open()) {
            assertThat(new LooseObjects(git).packIfMany()).isZero();
            repository.git("config", "gc.auto", "0");
            assertThat(new LooseObjects(git).packIfMany()).isZero();
        }
        assertThat(loose(repository)).isEqualTo(before);
    }
}

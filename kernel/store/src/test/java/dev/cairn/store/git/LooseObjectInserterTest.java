package dev.cairn.store.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LooseObjectInserterTest {
    @TempDir
    Path dir;

    private TestRepository repo;
    private GitRepository git;
    private LooseObjectInserter inserter;

    @BeforeEach
    void open() throws IOException {
        repo = TestRepository.in(dir);
        git = repo.open();
        inserter = new LooseObjectInserter(git.repository());
    }

    @AfterEach
    void close() {
        inserter.close();
        git.close();
        assertThat(repo.git("fsck", "--strict", "--no-dangling")).isEmpty();
    }

    @Test
    void gitReadsWhatIsWritten() throws IOException {
        for (String content : List.of("", "short", "long ".repeat(50_000))) {
            ObjectId id = inserter.insert(Constants.OBJ_BLOB, content.getBytes(StandardCharsets.UTF_8));

            assertThat(repo.git("cat-file", "blob", id.name())).isEqualTo(content.strip());
        }
    }

    @Test
    void anObjectIsReadOnlyAndWrittenOnce() throws IOException {
        ObjectId id = inserter.insert(Constants.OBJ_BLOB, new byte[] {1, 2, 3});
        Path object = file(id);
        var written = Files.getLastModifiedTime(object);

        inserter.insert(Constants.OBJ_BLOB, new byte[] {1, 2, 3});

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(object)))
                .isEqualTo("r--r--r--");
        assertThat(Files.getLastModifiedTime(object)).isEqualTo(written);
    }

    @Test
    void whatIsInAPackIsNotWrittenAgain() throws IOException {
        repo.git("gc", "-q");
        byte[] readme = Files.readAllBytes(repo.path("readme.txt"));

        ObjectId id = inserter.insert(Constants.OBJ_BLOB, readme);

        assertThat(file(id)).doesNotExist();
    }

    @Test
    void largeContentIsStreamed() throws IOException {
        byte[] large = new byte[3 << 20];

        ObjectId id = inserter.insert(Constants.OBJ_BLOB, large.length, new ByteArrayInputStream(large));
        inserter.flush();

        assertThat(repo.git("cat-file", "-s", id.name())).isEqualTo(String.valueOf(large.length));
    }

    @Test
    void contentThatEndsTooEarlyIsAnErrorAndLeavesNothing() throws IOException {
        assertThatThrownBy(
                        () -> inserter.insert(Constants.OBJ_BLOB, 10, new ByteArrayInputStream(new byte[] {1, 2, 3})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("10 bytes ended after 3");

        try (Stream<Path> files = Files.list(repo.path(".git/objects"))) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("tmp_"));
        }
    }

    private Path file(ObjectId id) {
        return repo.path(
                ".git/objects/" + id.name().substring(0, 2) + "/" + id.name().substring(2));
    }
}

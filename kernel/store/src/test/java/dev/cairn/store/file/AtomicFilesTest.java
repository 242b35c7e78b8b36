package dev.cairn.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    Path dir;

    @Test
    void writingMakesDirectoriesAndLeavesNothingBeside() throws IOException {
        Path file = dir.resolve("a/b/file");

        AtomicFiles.write(file, new byte[] {1});
        AtomicFiles.writeDurably(file, new byte[] {1, 2});

        assertThat(file).hasBinaryContent(new byte[] {1, 2});
        assertThat(dir.resolve("a/b")).isDirectoryContaining(path -> path.equals(file));
        try (var files = Files.list(dir.resolve("a/b"))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void permissionsOfAReplacedFileStay() throws IOException {
        Path file = Files.writeString(dir.resolve("run.sh"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));

        AtomicFiles.write(file, new byte[0]);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwxr-x---");
    }

    @Test
    void aLinkStaysALinkAndItsTargetIsReplaced() throws IOException {
        Path real = Files.writeString(dir.resolve("real"), "old");
        Path link = Files.createSymbolicLink(dir.resolve("link"), real);

        AtomicFiles.write(link, "new".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(link).isSymbolicLink();
        assertThat(real).hasContent("new");
    }

    @Test
    void deletingDoesNotFollowLinks() throws IOException {
        Path outside = Files.createDirectory(dir.resolve("outside"));
        Path kept = Files.writeString(outside.resolve("kept"), "");
        Path doomed = Files.createDirectories(dir.resolve("doomed/sub"));
        Files.writeString(doomed.resolve("f"), "");
        Files.createSymbolicLink(doomed.resolve("link"), outside);

        AtomicFiles.deleteRecursively(dir.resolve("doomed"));
        AtomicFiles.deleteRecursively(dir.resolve("never-there"));

        assertThat(dir.resolve("doomed")).doesNotExist();
        assertThat(kept).exists();
    }

    @Test
    void aFailureNamesTheFile() throws IOException {
        Files.writeString(dir.resolve("file"), "");

        assertThatThrownBy(() -> AtomicFiles.write(dir.resolve("file/below"), new byte[0]))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("file/below");
        assertThat(Files.exists(dir.resolve("file"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void onlyWhatAnEndedProcessWasWritingIsSwept(@TempDir Path directory) throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Path abandoned = Files.createFile(directory.resolve(".model.bin.cairn-" + ended.pid() + "-1a2b.tmp"));
        Path alive = Files.createFile(AtomicFiles.beside(directory.resolve("model.bin")));
        Path users = Files.createFile(directory.resolve(".model.bin.1a2b.tmp"));

        assertThat(AtomicFiles.sweep(directory, Instant.EPOCH)).isZero();
        assertThat(AtomicFiles.sweep(directory, Instant.MAX)).isOne();

        assertThat(abandoned).doesNotExist();
        assertThat(alive).exists();
        assertThat(users).exists();
    }
}

package dev.cairn.store.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.store.StoreException;
import dev.cairn.store.hash.HashName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotterTest {
    @TempDir
    Path root;

    private Snapshotter snapshotter;

    @BeforeEach
    void open() {
        snapshotter = new Snapshotter(new IgnoreRules(root), HashMemo.inMemory());
    }

    @Test
    void aFileHasItsRawSizeAndItsModeBesideTheFoldedHash() throws IOException {
        Path file = Files.writeString(root.resolve("f"), "a\r\nb\r\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr--r--"));

        var snapshot = (FileSnapshot.RegularFile) snapshotter.snapshot(file, HashName.MD5_DOS2UNIX);

        assertThat(snapshot.hash()).hasToString("dd8c6a395b5dd36c56d23275028f526c");
        assertThat(snapshot.size()).isEqualTo(6);
        assertThat(snapshot.executable()).isTrue();
    }

    @Test
    void aDirectoryIsItsFilesWithoutIgnoredAndEmptyOnes() throws IOException {
        Files.writeString(root.resolve(".dvcignore"), "*.log\n");
        Path data = Files.createDirectories(root.resolve("data"));
        for (int i = 0; i < 50; i++) {
            Files.createDirectories(data.resolve("s" + i % 5));
            Files.writeString(data.resolve("s" + i % 5 + "/f" + i), "content " + i);
        }
        Files.writeString(data.resolve("x.log"), "");
        Files.createDirectories(data.resolve("empty/deeper"));

        var snapshot = (FileSnapshot.Directory) snapshotter.snapshot(data, HashName.MD5);

        assertThat(snapshot.fileCount()).isEqualTo(50);
        assertThat(snapshot.size()).isEqualTo(10 * 9 + 40 * 10);
        assertThat(snapshot.hash()).isEqualTo(snapshot.manifest().hash());
    }

    @Test
    void linksToFilesAreFollowedAndLinksToDirectoriesWithinOnePassedOver() throws IOException {
        Path target = Files.writeString(root.resolve("target"), "hello\n");
        Path data = Files.createDirectories(root.resolve("data"));
        Files.createSymbolicLink(data.resolve("file"), target);
        Files.createSymbolicLink(data.resolve("loop"), data);
        Path link = Files.createSymbolicLink(root.resolve("link"), data);

        var direct = (FileSnapshot.Directory) snapshotter.snapshot(data, HashName.MD5_DOS2UNIX);

        assertThat(direct.manifest().byPath()).containsOnlyKeys("file");
        assertThat(snapshotter.snapshot(link, HashName.MD5_DOS2UNIX)).isEqualTo(direct);
    }

    @Test
    void whatIsNotThereIsMissing() throws IOException {
        Files.writeString(root.resolve("file"), "");
        Files.createSymbolicLink(root.resolve("dangling"), root.resolve("nowhere"));

        assertThat(snapshotter.snapshot(root.resolve("gone"), HashName.MD5)).isEqualTo(new FileSnapshot.Missing());
        assertThat(snapshotter.snapshot(root.resolve("dangling"), HashName.MD5)).isEqualTo(new FileSnapshot.Missing());
        assertThat(snapshotter.snapshot(root.resolve("file/below"), HashName.MD5))
                .isEqualTo(new FileSnapshot.Missing());
    }

    @Test
    void pipesAreRefusedInsteadOfWaitedFor() throws Exception {
        Path pipe = root.resolve("data/pipe");
        Files.createDirectories(pipe.getParent());
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();

        assertThatThrownBy(() -> snapshotter.snapshot(pipe, HashName.MD5))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("pipe");
        assertThatThrownBy(() -> snapshotter.snapshot(pipe.getParent(), HashName.MD5))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("neither a file nor a directory");
    }

    @Test
    void anIgnoreFileInsideIsRefused() throws IOException {
        Path data = Files.createDirectories(root.resolve("data"));
        Files.writeString(data.resolve(".dvcignore"), "");

        assertThatThrownBy(() -> snapshotter.snapshot(data, HashName.MD5))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(".dvcignore file should not be in collected dir path");
    }

    @Test
    void anUntouchedFileIsNotReadAgain() throws IOException {
        Path file = old(Files.writeString(root.resolve("f"), "one"));
        var first = snapshotter.snapshot(file, HashName.MD5);
        overwriteInPlaceKeepingTime(file, "two");

        assertThat(snapshotter.snapshot(file, HashName.MD5)).isEqualTo(first);
        old(file, Duration.ofHours(2));
        assertThat(snapshotter.snapshot(file, HashName.MD5)).isNotEqualTo(first);
    }

    @Test
    void aFileHashedJustAfterItsLastChangeIsNotTrusted() throws IOException {
        Path file = Files.writeString(root.resolve("f"), "one");
        var first = snapshotter.snapshot(file, HashName.MD5);
        overwriteInPlaceKeepingTime(file, "two");

        assertThat(snapshotter.snapshot(file, HashName.MD5)).isNotEqualTo(first);
    }

    @Test
    void anEditOfAMemberIsSeenRightAfterTheDirectoryWasRead() throws IOException {
        Path data = Files.createDirectories(root.resolve("data"));
        old(Files.writeString(data.resolve("old"), "same"));
        Path file = Files.writeString(data.resolve("f"), "one");
        FileSnapshot first = snapshotter.snapshot(data, HashName.MD5);
        assertThat(snapshotter.snapshot(data, HashName.MD5)).isEqualTo(first);

        overwriteInPlaceKeepingTime(file, "two");

        assertThat(snapshotter.snapshot(data, HashName.MD5)).isNotEqualTo(first);
        overwriteInPlaceKeepingTime(file, "one");
        assertThat(snapshotter.snapshot(data, HashName.MD5)).isEqualTo(first);
    }

    @Test
    void aRenamedAddedOrDeletedMemberIsSeen() throws IOException {
        Path data = Files.createDirectories(root.resolve("data"));
        Path file = old(Files.writeString(data.resolve("f"), "one"));
        FileSnapshot first = snapshotter.snapshot(data, HashName.MD5);

        Files.move(file, data.resolve("g"));
        assertThat(paths(data)).containsExactly("g");
        old(Files.writeString(data.resolve("h"), "one"));
        assertThat(paths(data)).containsExactly("g", "h");
        Files.delete(data.resolve("h"));
        Files.move(data.resolve("g"), file);

        assertThat(snapshotter.snapshot(data, HashName.MD5)).isEqualTo(first);
    }

    private List<String> paths(Path directory) {
        var snapshot = (FileSnapshot.Directory) snapshotter.snapshot(directory, HashName.MD5);
        assertThat(snapshot.hash()).isEqualTo(snapshot.manifest().hash());
        return snapshot.manifest().entries().stream()
                .map(DirectoryManifest.Entry::path)
                .toList();
    }

    @Test
    void aLinkThatLeadsNowhereIsRefusedUnlessItIsIgnored() throws IOException {
        Files.writeString(root.resolve(".dvcignore"), "*.tmp\n");
        Path data = Files.createDirectories(root.resolve("data"));
        Files.writeString(data.resolve("f"), "one");
        Files.createSymbolicLink(data.resolve("x.tmp"), root.resolve("nowhere"));
        assertThat(paths(data)).containsExactly("f");

        Files.createSymbolicLink(data.resolve("x"), root.resolve("nowhere"));

        assertThatThrownBy(() -> snapshotter.snapshot(data, HashName.MD5))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("'" + data.resolve("x") + "'");
    }

    @Test
    void theTwoHashesAreRememberedApart() throws IOException {
        Path file = old(Files.writeString(root.resolve("f"), "a\r\n"));

        assertThat(snapshotter.snapshot(file, HashName.MD5).contentHash())
                .isNotEqualTo(snapshotter.snapshot(file, HashName.MD5_DOS2UNIX).contentHash());
    }

    @Test
    void theMemoOutlivesItsProcessAndASecondUserOnlyLosesTheMemory() throws IOException {
        Path memoFile = root.resolve("memo/hashes.mv");
        Path file = old(Files.writeString(root.resolve("f"), "one"));
        FileSnapshot first;
        try (HashMemo memo = new HashMemo(memoFile)) {
            first = new Snapshotter(new IgnoreRules(root), memo).snapshot(file, HashName.MD5);
            try (HashMemo second = new HashMemo(memoFile)) {
                assertThat(new Snapshotter(new IgnoreRules(root), second).snapshot(file, HashName.MD5))
                        .isEqualTo(first);
            }
        }
        overwriteInPlaceKeepingTime(file, "two");

        try (HashMemo memo = new HashMemo(memoFile)) {
            assertThat(new Snapshotter(new IgnoreRules(root), memo).snapshot(file, HashName.MD5))
                    .isEqualTo(first);
        }
    }

    @Test
    void aDamagedMemoIsReplaced() throws IOException {
        Path memoFile = Files.writeString(root.resolve("hashes.mv"), "this is no store".repeat(1000));
        Path file = old(Files.writeString(root.resolve("f"), "one"));

        try (HashMemo memo = new HashMemo(memoFile)) {
            assertThat(new Snapshotter(new IgnoreRules(root), memo).snapshot(file, HashName.MD5))
                    .isInstanceOf(FileSnapshot.RegularFile.class);
        }
    }

    private static Path old(Path file) throws IOException {
        return old(file, Duration.ofHours(1));
    }

    private static Path old(Path file, Duration age) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    private static void overwriteInPlaceKeepingTime(Path file, String content) throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(time.to(TimeUnit.NANOSECONDS), TimeUnit.NANOSECONDS));
    }
}

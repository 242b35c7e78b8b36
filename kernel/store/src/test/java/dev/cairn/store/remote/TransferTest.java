package dev.cairn.store.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.store.cas.ContentStore;
import dev.cairn.store.cas.Layout;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.snapshot.FileSnapshot;
import dev.cairn.store.snapshot.HashMemo;
import dev.cairn.store.snapshot.IgnoreRules;
import dev.cairn.store.snapshot.Snapshotter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferTest {
    @TempDir
    Path root;

    private ContentStore store;
    private ContentStore other;
    private ContentHash directory;
    private List<ContentHash> members;

    @BeforeEach
    void fill() throws IOException {
        store = new ContentStore(root.resolve("cache"), Layout.V2);
        other = new ContentStore(root.resolve("other"), Layout.V2);
        Path data = Files.createDirectories(root.resolve("data"));
        for (int i = 0; i < 12; i++) {
            Files.writeString(data.resolve("f" + i), "content " + i);
        }
        var snapshot = (FileSnapshot.Directory)
                new Snapshotter(new IgnoreRules(root), HashMemo.inMemory()).snapshot(data, Layout.V2.hashName());
        store.put(data, snapshot);
        directory = snapshot.hash();
        members = List.copyOf(snapshot.manifest().byPath().values());
    }

    @Test
    void aDirectoryTravelsWholeAndOnlyOnce() throws IOException {
        assertThat(up().upload(List.of(directory))).isEqualTo(new TransferResult(13, 1, List.of(), List.of()));
        assertThat(up().upload(List.of(directory)).transferred()).isZero();
        Path object = Layout.V2.pathOf(root.resolve("remote"), members.get(0));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(object)))
                .isEqualTo("r--r--r--");

        assertThat(down().download(List.of(directory)).transferred()).isEqualTo(13);
        assertThat(down().download(List.of(directory)).transferred()).isZero();
        assertThat(other.findMissing(members)).isEmpty();
    }

    @Test
    void anUploadRemovesWhatAKilledOneLeft() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Path object = Layout.V2.pathOf(root.resolve("remote"), members.get(0));
        Files.createDirectories(object.getParent());
        Path left = Files.createFile(object.resolveSibling(".x.cairn-" + ended.pid() + "-1.tmp"));
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(1))));

        up().upload(List.of(directory));

        assertThat(left).doesNotExist();
        assertThat(object).exists();
    }

    @Test
    void whatNobodyHasIsMissingAndItsManifestStaysBack() {
        store.delete(members.get(3));

        TransferResult result = up().upload(List.of(directory));

        assertThat(result.missing()).containsExactly(members.get(3));
        assertThat(result.transferred()).isEqualTo(11);
        assertThat(remote().findMissing(List.of(directory))).containsExactly(directory);
        assertThat(down().download(List.of(directory)).missing()).containsExactly(directory);
    }

    @Test
    void aDamagedObjectIsNotTaken() throws IOException {
        up().upload(List.of(directory));
        Path object = Layout.V2.pathOf(root.resolve("remote"), members.get(5));
        Files.delete(object);
        Files.writeString(object, "damaged");

        TransferResult result = down().download(List.of(directory));

        assertThat(result.failed()).containsExactly(members.get(5));
        assertThat(result.failures().get(0).reason()).contains("damaged");
        assertThat(result.transferred()).isEqualTo(12);
        assertThat(other.contains(members.get(5))).isFalse();
    }

    @Test
    void layoutsOfBothVersionsAreKnown() throws IOException {
        LocalRemote remote = new LocalRemote(root.resolve("v3"), Layout.V3);
        Path file = Files.writeString(root.resolve("f"), "x");
        ContentHash hash = dev.cairn.store.hash.ContentHasher.hash(file, Layout.V3.hashName());

        remote.upload(hash, file);

        assertThat(root.resolve("v3/files/md5").resolve(hash.prefix()).resolve(hash.rest()))
                .hasContent("x");
        assertThat(remote.describe()).isEqualTo(root.resolve("v3").toString());
    }

    private LocalRemote remote() {
        return new LocalRemote(root.resolve("remote"), Layout.V2);
    }

    private Transfer up() {
        return new Transfer(store, remote(), 4);
    }

    private Transfer down() {
        return new Transfer(other, remote(), 4);
    }
}

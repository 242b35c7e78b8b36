package dev.cairn.store.cas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.store.StoreException;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.ContentHasher;
import dev.cairn.store.hash.HashName;
import dev.cairn.store.snapshot.FileSnapshot;
import dev.cairn.store.snapshot.HashMemo;
import dev.cairn.store.snapshot.IgnoreRules;
import dev.cairn.store.snapshot.Snapshotter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContentStoreTest {
    @TempDir
    Path root;

    private ContentStore store;

    @BeforeEach
    void open() {
        store = new ContentStore(root.resolve(".dvc/cache"), Layout.V2);
    }

    @Test
    void aFileBecomesAReadOnlyObjectWithItsOwnBytes() throws IOException {
        Path file = Files.writeString(root.resolve("f"), "a\r\nb\r\n");

        store.put(file, snapshot(file));

        Path object = root.resolve(".dvc/cache/dd/8c6a395b5dd36c56d23275028f526c");
        assertThat(object).hasContent("a\r\nb\r\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(object)))
                .isEqualTo("r--r--r--");
        assertThat(file).hasContent("a\r\nb\r\n");
        assertThat(store.containsAll(snapshot(file))).isTrue();
    }

    @Test
    void aLargeFileIsCopiedAndHashedAsASmallOne() throws IOException {
        byte[] lines = "a line of text, as long as a prime number of bytes\r\n"
                .repeat(400_000)
                .getBytes(StandardCharsets.US_ASCII);
        byte[] binary = lines.clone();
        binary[0] = 0;
        for (byte[] content : List.of(lines, binary)) {
            Path file = Files.write(root.resolve("f"), content);

            FileSnapshot taken = store.take(file, new Snapshotter(new IgnoreRules(root), HashMemo.inMemory()));

            ContentHash hash = ContentHasher.hash(content, HashName.MD5_DOS2UNIX);
            assertThat(taken.contentHash()).contains(hash);
            assertThat(Files.mismatch(file, store.pathOf(hash))).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void aDirectoryIsItsFilesAndAManifest(Layout layout) throws IOException {
        ContentStore laidOut = new ContentStore(root.resolve("cache"), layout);
        Path data = Files.createDirectories(root.resolve("data/sub"));
        for (int i = 0; i < 30; i++) {
            Files.writeString(data.resolve("f" + i), "content " + i % 20);
        }
        var snapshot = (FileSnapshot.Directory) snapshot(root.resolve("data"), layout);

        assertThat(laidOut.containsAll(snapshot)).isFalse();
        laidOut.put(root.resolve("data"), snapshot);
        laidOut.put(root.resolve("data"), snapshot);

        assertThat(laidOut.containsAll(snapshot)).isTrue();
        assertThat(laidOut.manifest(snapshot.hash())).contains(snapshot.manifest());
        Path objects = layout == Layout.V2 ? root.resolve("cache") : root.resolve("cache/files/md5");
        assertThat(objects.resolve(snapshot.hash().prefix())
                        .resolve(snapshot.hash().rest()))
                .isRegularFile();
        try (Stream<Path> all = Files.walk(root.resolve("cache")).filter(Files::isRegularFile)) {
            assertThat(all).hasSize(21);
        }
    }

    @Test
    void aFileThatChangedSinceItWasSeenIsNotStored() throws IOException {
        Path file = Files.writeString(root.resolve("f"), "one");
        FileSnapshot seen = snapshot(file);
        Files.writeString(file, "two");

        assertThatThrownBy(() -> store.put(file, seen))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("changed while it was being saved");
        assertThat(objects()).isEmpty();
        assertThat(file).hasContent("two");
    }

    @Test
    void aManifestComesOnlyAfterAllItsFiles() throws IOException {
        Path data = Files.createDirectories(root.resolve("data"));
        Files.writeString(data.resolve("a"), "a");
        Files.writeString(data.resolve("b"), "b");
        FileSnapshot seen = snapshot(data);
        Files.writeString(data.resolve("b"), "changed");

        assertThatThrownBy(() -> store.put(data, seen)).isInstanceOf(StoreException.class);
        assertThat(store.contains(seen.contentHash().orElseThrow())).isFalse();
    }

    @Test
    void aWritableObjectIsReadAndReplacedWhenItIsDamaged() throws IOException {
        Path file = Files.writeString(root.resolve("f"), "one");
        ContentHash hash = snapshot(file).contentHash().orElseThrow();
        store.put(file, snapshot(file));
        Path object = store.pathOf(hash);
        Files.setPosixFilePermissions(object, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(store.verify(hash)).isTrue();
        Files.setPosixFilePermissions(object, PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(object, "damaged");

        store.put(file, snapshot(file));

        assertThat(object).hasContent("one");
    }

    @Test
    void aDamagedManifestIsNotBelieved() throws IOException {
        ContentHash hash = ContentHash.parse("d751713988987e9331980363e24189ce.dir");
        store.putBytes(hash, new byte[] {'[', ']'});
        assertThat(store.manifest(hash))
                .hasValueSatisfying(manifest -> assertThat(manifest.entries()).isEmpty());
        Files.delete(store.pathOf(hash));
        Files.writeString(store.pathOf(hash), "[{\"md5\": \"d41d8cd98f00b204e9800998ecf8427e\", \"relpath\": \"x\"}]");

        assertThatThrownBy(() -> store.manifest(hash))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void aFailureNamesFileAndCacheAndLeavesNothing() throws IOException {
        Files.createDirectories(root.resolve(".dvc"));
        Files.writeString(root.resolve(".dvc/cache"), "a file, not a directory");
        Path file = Files.writeString(root.resolve("f"), "one");

        assertThatThrownBy(() -> store.put(file, snapshot(file)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("cache");
    }

    @Test
    void deletingIsQuietAboutWhatIsNotThere() throws IOException {
        Path file = Files.writeString(root.resolve("f"), "one");
        ContentHash hash = snapshot(file).contentHash().orElseThrow();
        store.put(file, snapshot(file));

        store.delete(hash);
        store.delete(hash);

        assertThat(store.contains(hash)).isFalse();
    }

    private List<Path> objects() throws IOException {
        if (!Files.exists(store.root())) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(store.root())) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private FileSnapshot snapshot(Path path) {
        return snapshot(path, Layout.V2);
    }

    private FileSnapshot snapshot(Path path, Layout layout) {
        return new Snapshotter(new IgnoreRules(root), HashMemo.inMemory()).snapshot(path, layout.hashName());
    }
}

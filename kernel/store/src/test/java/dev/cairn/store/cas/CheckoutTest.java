package dev.cairn.store.cas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.store.StoreException;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import dev.cairn.store.snapshot.DirectoryManifest;
import dev.cairn.store.snapshot.FileSnapshot;
import dev.cairn.store.snapshot.HashMemo;
import dev.cairn.store.snapshot.IgnoreRules;
import dev.cairn.store.snapshot.Snapshotter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckoutTest {
    @TempDir
    Path root;

    private ContentStore store;
    private Checkout checkout;
    private Path data;

    @BeforeEach
    void open() throws IOException {
        store = new ContentStore(root.resolve("cache"), Layout.V2);
        checkout = checkoutBy(LinkType.REFLINK, LinkType.COPY);
        data = Files.createDirectories(root.resolve("data"));
    }

    @Test
    void aFileIsAddedModifiedAndLeftAlone() throws IOException {
        ContentHash one = saved("one");
        ContentHash two = saved("two");
        Path target = root.resolve("deep/f");

        assertThat(checkout.restore(target, one, false, false)).isEqualTo(Change.ADDED);
        assertThat(checkout.restore(target, two, true, false)).isEqualTo(Change.MODIFIED);
        assertThat(checkout.restore(target, two, true, false)).isEqualTo(Change.UNCHANGED);
        assertThat(target).hasContent("two");
        assertThat(mode(target)).isEqualTo("rwxr--r--");
        assertThat(checkout.restore(target, two, false, false)).isEqualTo(Change.UNCHANGED);
        assertThat(mode(target)).isEqualTo("rw-r--r--");
    }

    @Test
    void contentThatIsInNoStoreIsKeptUnlessForced() throws IOException {
        ContentHash one = saved("one");
        Path target = Files.writeString(root.resolve("f"), "precious");

        assertThatThrownBy(() -> checkout.restore(target, one, false, false))
                .isInstanceOf(UnsavedContentException.class)
                .hasMessage("unable to remove '" + target + "' without a confirmation. Use `-f` to force.");
        assertThatThrownBy(() -> checkout.remove(target, false)).isInstanceOf(UnsavedContentException.class);
        assertThat(target).hasContent("precious");
        assertThat(checkout.restore(target, one, false, true)).isEqualTo(Change.MODIFIED);
        assertThat(checkout.remove(target, false)).isEqualTo(Change.DELETED);
        assertThat(checkout.remove(target, false)).isEqualTo(Change.UNCHANGED);
    }

    @Test
    void aDirectoryBecomesEqualByItsChangedFilesOnly() throws IOException {
        write("same", "same");
        write("sub/changed", "old");
        write("gone/deep/f", "f");
        ContentHash before = savedData();
        write("sub/changed", "new");
        write("added", "a");
        Files.delete(data.resolve("gone/deep/f"));
        ContentHash after = savedData();
        var untouched = Files.readAttributes(data.resolve("same"), "unix:ino").get("ino");

        assertThat(checkout.restore(data, before, false, false)).isEqualTo(Change.MODIFIED);

        assertThat(snapshot(data).contentHash()).contains(before);
        assertThat(data.resolve("added")).doesNotExist();
        assertThat(Files.readAttributes(data.resolve("same"), "unix:ino").get("ino"))
                .isEqualTo(untouched);
        assertThat(checkout.restore(data, after, false, false)).isEqualTo(Change.MODIFIED);
        assertThat(data.resolve("gone")).doesNotExist();
        assertThat(checkout.restore(data, after, false, false)).isEqualTo(Change.UNCHANGED);
        assertThat(checkout.remove(data, false)).isEqualTo(Change.DELETED);
        assertThat(data).doesNotExist();
    }

    @Test
    void missingObjectsAreToldBeforeAnythingIsTouched() throws IOException {
        write("a", "a1");
        write("b", "b1");
        ContentHash before = savedData();
        write("a", "a2");
        write("b", "b2");
        savedData();
        ContentHash gone = saved("b1");
        store.delete(gone);

        assertThatThrownBy(() -> checkout.restore(data, before, false, true))
                .isInstanceOfSatisfying(MissingObjectsException.class, e -> assertThat(e.missing())
                        .containsExactly(gone));
        assertThat(data.resolve("a")).hasContent("a2");
        assertThatThrownBy(() ->
                        checkout.restore(data, ContentHash.parse("00000000000000000000000000000000.dir"), false, true))
                .isInstanceOf(MissingObjectsException.class);
    }

    @Test
    void anUnsavedMemberStopsTheDirectory() throws IOException {
        write("a", "a");
        ContentHash before = savedData();
        write("b", "unsaved");

        assertThatThrownBy(() -> checkout.restore(data, before, false, false))
                .isInstanceOf(UnsavedContentException.class);
        assertThat(data.resolve("b")).hasContent("unsaved");
        checkout.restore(data, before, false, true);
        assertThat(data.resolve("b")).doesNotExist();
    }

    @Test
    void filesAndDirectoriesReplaceEachOther() throws IOException {
        write("x", "a file");
        ContentHash directory = savedData();
        ContentHash file = saved("content");

        assertThat(checkout.restore(data, file, false, false)).isEqualTo(Change.MODIFIED);
        assertThat(data).hasContent("content");
        assertThat(checkout.restore(data, directory, false, false)).isEqualTo(Change.MODIFIED);
        assertThat(data.resolve("x")).hasContent("a file");

        write("y/z", "below");
        Files.delete(data.resolve("x"));
        write("x/now", "a directory");
        ContentHash other = savedData();
        checkout.restore(data, directory, false, false);
        assertThat(data.resolve("x")).isRegularFile();
        checkout.restore(data, other, false, false);
        assertThat(data.resolve("x/now")).isRegularFile();
    }

    @Test
    void theEmptyDirectoryIsMade() {
        ContentHash empty = new DirectoryManifest(List.of()).hash();
        store.putBytes(empty, new DirectoryManifest(List.of()).toBytes());

        assertThat(checkout.restore(root.resolve("e"), empty, false, false)).isEqualTo(Change.ADDED);
        assertThat(root.resolve("e")).isEmptyDirectory();
    }

    @Test
    void aLinkWithinTheDirectoryIsNotWrittenThrough() throws IOException {
        write("sub/f", "content");
        ContentHash hash = savedData();
        Path outside = Files.createDirectories(root.resolve("outside"));
        Files.delete(data.resolve("sub/f"));
        Files.delete(data.resolve("sub"));
        Files.createSymbolicLink(data.resolve("sub"), outside);

        checkout.restore(data, hash, false, false);

        assertThat(outside).isEmptyDirectory();
        assertThat(data.resolve("sub/f")).hasContent("content");
    }

    @Test
    void ignoredFilesSurvive() throws IOException {
        Files.writeString(root.resolve(".dvcignore"), "*.log\n");
        write("a", "a");
        write("sub/b", "b");
        ContentHash hash = savedData();
        write("sub/x.log", "log");

        checkout.remove(data, false);
        assertThat(data.resolve("sub/x.log")).exists();
        checkout.restore(data, hash, false, false);
        assertThat(data.resolve("sub/x.log")).exists();
        ContentHash file = saved("file");
        assertThatThrownBy(() -> checkout.restore(data, file, false, false))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("ignores");
        assertThat(data.resolve("sub/x.log")).exists();
    }

    @ParameterizedTest
    @EnumSource(LinkType.class)
    void everyKindOfLinkGivesTheContent(LinkType type) throws IOException {
        write("a", "a");
        ContentHash hash = savedData();
        Checkout linking = type == LinkType.REFLINK ? checkoutBy(type, LinkType.COPY) : checkoutBy(type);
        Path target = root.resolve("linked");

        linking.restore(target, hash, false, false);

        Path object = store.pathOf(saved("a"));
        assertThat(target.resolve("a")).hasContent("a");
        assertThat(Files.isSymbolicLink(target.resolve("a"))).isEqualTo(type == LinkType.SYMLINK);
        assertThat(Files.isSameFile(target.resolve("a"), object))
                .isEqualTo(type == LinkType.SYMLINK || type == LinkType.HARDLINK);
        if (type == LinkType.COPY) {
            assertThat(mode(target.resolve("a"))).isEqualTo("rw-r--r--");
        }
        assertThat(linking.restore(target, hash, false, false)).isEqualTo(Change.UNCHANGED);
        assertThat(mode(object)).isEqualTo("r--r--r--");
    }

    @Test
    void relinkingAsCopiesOnlyMendsModes() throws IOException {
        write("run.sh", "#!/bin/sh\n");
        Files.setPosixFilePermissions(data.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Path tool = Files.writeString(root.resolve("tool"), "x");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        var inode = Files.readAttributes(tool, "unix:ino").get("ino");
        savedData();
        store.put(tool, snapshot(tool));

        checkout.relink(data, snapshot(data));
        checkout.relink(tool, snapshot(tool));

        assertThat(mode(data.resolve("run.sh"))).isEqualTo("rw-r--r--");
        assertThat(mode(tool)).isEqualTo("rwxr--r--");
        assertThat(Files.readAttributes(tool, "unix:ino").get("ino")).isEqualTo(inode);
    }

    @Test
    void relinkingReplacesLinksByCopiesAndCopiesByLinks() throws IOException {
        Path elsewhere = Files.writeString(root.resolve("elsewhere"), "x");
        Path file = Files.createSymbolicLink(root.resolve("f"), elsewhere);
        FileSnapshot seen = snapshot(file);
        store.put(file, seen);
        Path object = store.pathOf(seen.contentHash().orElseThrow());

        checkout.relink(file, seen);
        assertThat(file).isRegularFile().hasContent("x");
        assertThat(Files.isSymbolicLink(file)).isFalse();
        checkoutBy(LinkType.HARDLINK).relink(file, seen);
        assertThat(Files.isSameFile(file, object)).isTrue();
        checkout.relink(file, seen);
        assertThat(Files.isSameFile(file, object)).isFalse();
        assertThat(mode(object)).isEqualTo("r--r--r--");
        assertThat(elsewhere).hasContent("x");
    }

    private Checkout checkoutBy(LinkType... types) {
        return new Checkout(store, new LinkStrategy(List.of(types)), snapshotter(), HashName.MD5_DOS2UNIX);
    }

    private Snapshotter snapshotter() {
        return new Snapshotter(new IgnoreRules(root), HashMemo.inMemory());
    }

    private FileSnapshot snapshot(Path path) {
        return snapshotter().snapshot(path, HashName.MD5_DOS2UNIX);
    }

    private void write(String name, String content) throws IOException {
        Path file = data.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private ContentHash savedData() {
        store.put(data, snapshot(data));
        return snapshot(data).contentHash().orElseThrow();
    }

    private ContentHash saved(String content) throws IOException {
        Path file = Files.writeString(root.resolve("to-save"), content);
        FileSnapshot seen = snapshot(file);
        store.put(file, seen);
        Files.delete(file);
        return seen.contentHash().orElseThrow();
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}

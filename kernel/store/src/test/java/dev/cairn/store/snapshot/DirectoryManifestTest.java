package dev.cairn.store.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.store.StoreException;
import dev.cairn.store.hash.ContentHash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryManifestTest {
    private static final String EMPTY_FILE = "d41d8cd98f00b204e9800998ecf8427e";

    /** Written by DVC 2.58.2 {@code add}. */
    private static final String FROM_DVC =
            "[{\"md5\": \"dd8c6a395b5dd36c56d23275028f526c\", \"relpath\": \"crlf.txt\"}, "
                    + "{\"md5\": \"d41d8cd98f00b204e9800998ecf8427e\", \"relpath\": \"empty\"}, "
                    + "{\"md5\": \"401b30e3b8b5d629635a5c613cdb7919\", \"relpath\": \"sub/\\u00fc \\u00f6.txt\"}]";

    @Test
    void bytesAreThoseOfDvc() {
        DirectoryManifest manifest = DirectoryManifest.parse(FROM_DVC.getBytes(StandardCharsets.US_ASCII));

        assertThat(manifest.entries())
                .extracting(DirectoryManifest.Entry::path)
                .containsExactly("crlf.txt", "empty", "sub/ü ö.txt");
        assertThat(manifest.toBytes()).asString(StandardCharsets.US_ASCII).isEqualTo(FROM_DVC);
    }

    @Test
    void theEmptyDirectoryHasItsKnownHash() {
        assertThat(new DirectoryManifest(List.of()).hash()).hasToString("d751713988987e9331980363e24189ce.dir");
    }

    @Test
    void entriesAreSortedByThePathAsAText() {
        DirectoryManifest manifest = new DirectoryManifest(List.of(
                entry("a.txt"),
                entry("a-b"),
                entry("a/z"),
                entry("b"),
                entry("a/b/c"),
                entry("\uFFFD"),
                entry("\uD83D\uDE00")));

        assertThat(manifest.entries())
                .extracting(DirectoryManifest.Entry::path)
                .containsExactly("a-b", "a.txt", "a/b/c", "a/z", "b", "\uFFFD", "\uD83D\uDE00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/etc/passwd", "../x", "a/../../x", "a//b", ".", "", "a/", "sub/.git/hooks/post-checkout", "a\0b"
            })
    void pathsThatLeaveTheDirectoryAreRefused(String path) {
        assertThatThrownBy(() -> entry(path)).isInstanceOf(StoreException.class);
    }

    @Test
    void aFileCannotBeADirectoryToo() {
        assertThatThrownBy(() -> new DirectoryManifest(List.of(entry("a"), entry("a-b"), entry("a/b"))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot both be files");
        assertThatThrownBy(() -> new DirectoryManifest(List.of(entry("a"), entry("a"))))
                .isInstanceOf(StoreException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[1]", "[{\"md5\": \"x\", \"relpath\": \"a\"}]", "[{\"relpath\": \"a\"}]", "nonsense"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> DirectoryManifest.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(StoreException.class);
    }

    private static DirectoryManifest.Entry entry(String path) {
        return new DirectoryManifest.Entry(path, new ContentHash(EMPTY_FILE));
    }
}

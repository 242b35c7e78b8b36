package dev.cairn.store.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text rule as it was measured on DVC 2.58.2. */
class ContentHasherTest {
    @TempDir
    Path dir;

    @Test
    void textIsHashedWithCrlfFolded() {
        assertThat(hash("a\r\nb\r\n")).isEqualTo("dd8c6a395b5dd36c56d23275028f526c");
        assertThat(hash("a\r\nb\rc\n\r\r\n")).isEqualTo(raw("a\nb\rc\n\r\n"));
        assertThat(ContentHasher.hash(bytes("a\r\nb\r\n"), HashName.MD5).value())
                .isEqualTo("59b0d7772f0561efb95518f3cb8abc60");
    }

    @Test
    void emptyIsText() {
        assertThat(hash("")).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
    }

    @Test
    void aNulInTheFirst512BytesMakesBinary() {
        assertThat(hash("a\0\r\n")).isEqualTo(raw("a\0\r\n"));
        String at511 = "a".repeat(511) + "\0\r\n";
        String at512 = "a".repeat(512) + "\0\r\n";
        assertThat(hash(at511)).isEqualTo(raw(at511));
        assertThat(hash(at512)).isEqualTo(raw("a".repeat(512) + "\0\n"));
    }

    @Test
    void thirtyPercentOfOtherBytesIsStillText() {
        byte[] thirty = mixed(30, 0x80);
        byte[] more = mixed(31, 0x80);
        byte[] tabs = mixed(40, 0x0B);

        assertThat(ContentHasher.hash(thirty, HashName.MD5_DOS2UNIX))
                .isNotEqualTo(ContentHasher.hash(thirty, HashName.MD5));
        assertThat(ContentHasher.hash(more, HashName.MD5_DOS2UNIX)).isEqualTo(ContentHasher.hash(more, HashName.MD5));
        assertThat(ContentHasher.hash(tabs, HashName.MD5_DOS2UNIX)).isEqualTo(ContentHasher.hash(tabs, HashName.MD5));
    }

    @Test
    void utf8LettersAreNoText() {
        byte[] content = ("é".repeat(20) + "\r\n").getBytes(StandardCharsets.UTF_8);

        assertThat(ContentHasher.hash(content, HashName.MD5_DOS2UNIX))
                .isEqualTo(ContentHasher.hash(content, HashName.MD5));
    }

    @Test
    void aPairOverTheEdgeOfAChunkIsNotFolded() {
        String text = "a".repeat((1 << 20) - 1) + "\r\nb";

        assertThat(hash(text)).isEqualTo(raw(text));
        assertThat(hash("a" + text)).isEqualTo(raw("a" + text.replace("\r\n", "\n")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 1 << 20, (1 << 20) + 1, 3 * (1 << 20) + 17})
    void filesHashLikeTheirBytesAndInAnyPieces(int size) throws IOException {
        byte[] content = new byte[size];
        Random random = new Random(size);
        for (int i = 0; i < size; i++) {
            content[i] = (byte) "ab\r\n".charAt(random.nextInt(4));
        }
        Path file = Files.write(dir.resolve("f"), content);
        ContentDigest pieces = new ContentDigest(HashName.MD5_DOS2UNIX);
        for (int from = 0; from < size; from += 777_777) {
            byte[] piece = Arrays.copyOfRange(content, from, Math.min(size, from + 777_777));
            pieces.update(piece, piece.length);
        }

        ContentHash whole = ContentHasher.hash(content, HashName.MD5_DOS2UNIX);
        assertThat(ContentHasher.hash(file, HashName.MD5_DOS2UNIX)).isEqualTo(whole);
        assertThat(pieces.finish()).isEqualTo(whole);
    }

    @Test
    void binaryInManyPiecesHashesLikeTheWhole() {
        byte[] content = new byte[(5 << 20) + 3];
        new Random(1).nextBytes(content);
        ContentDigest pieces = new ContentDigest(HashName.MD5_DOS2UNIX);
        for (int from = 0; from < content.length; from += 300_007) {
            byte[] piece = Arrays.copyOfRange(content, from, Math.min(content.length, from + 300_007));
            pieces.update(piece, piece.length);
        }

        assertThat(pieces.finish()).isEqualTo(ContentHasher.hash(content, HashName.MD5));
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> ContentHasher.hash(dir.resolve("gone"), HashName.MD5))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("gone")
                .hasMessageContaining("no such file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "D41D8CD98F00B204E9800998ECF8427E",
                "d41d8cd98f00b204e9800998ecf8427e.DIR",
                "../../../../../../../etc/passwd",
                "d41d8cd98f00b204e9800998ecf8427e/dir",
                "d41d8cd98f00b204e9800998ecf84/./"
            })
    void onlyHashesPass(String text) {
        assertThatThrownBy(() -> ContentHash.parse(text)).isInstanceOf(StoreException.class);
        assertThat(ContentHash.tryParse(text)).isEmpty();
    }

    @Test
    void aHashKnowsItsPlace() {
        ContentHash hash = ContentHash.parse("d751713988987e9331980363e24189ce.dir");

        assertThat(hash.isDirectory()).isTrue();
        assertThat(hash.prefix()).isEqualTo("d7");
        assertThat(hash.rest()).isEqualTo("51713988987e9331980363e24189ce.dir");
        assertThat(hash).hasToString("d751713988987e9331980363e24189ce.dir");
    }

    private static byte[] mixed(int others, int other) {
        byte[] content = new byte[100];
        Arrays.fill(content, (byte) 'a');
        Arrays.fill(content, 0, others, (byte) other);
        content[98] = '\r';
        content[99] = '\n';
        return content;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String hash(String text) {
        return ContentHasher.hash(bytes(text), HashName.MD5_DOS2UNIX).value();
    }

    private static String raw(String text) {
        return ContentHasher.hash(bytes(text), HashName.MD5).value();
    }
}

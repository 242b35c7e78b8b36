package dev.cairn.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.error.InvalidFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class YamlReaderTest {
    private static Object read(String text) {
        return YamlReader.read("test.yaml", text).orElseThrow().value();
    }

    @Test
    void plainScalarsMeanWhatRuamelSaysTheyMean() {
        Object value =
                read("[1_000, 1e3, 012, 0o14, 0x1f, 0b11, +1, -0, .5, 1., .inf, yes, on, ~, Null, True, '5', 1:2, 0o8,"
                        + " 12345678901234567890]");

        assertThat(value)
                .isEqualTo(Arrays.asList(
                        1000L,
                        1000.0,
                        12L,
                        12L,
                        31L,
                        3L,
                        1L,
                        0L,
                        0.5,
                        1.0,
                        Double.POSITIVE_INFINITY,
                        "yes",
                        "on",
                        null,
                        null,
                        true,
                        "5",
                        "1:2",
                        "0o8",
                        new java.math.BigInteger("12345678901234567890")));
    }

    @Test
    void aliasesAndMergeKeysAreResolved() {
        assertThat(read("a: &x {k: 1, l: 2}\nb: *x\nc:\n  <<: *x\n  k: 9\n"))
                .isEqualTo(Map.of(
                        "a", Map.of("k", 1L, "l", 2L), "b", Map.of("k", 1L, "l", 2L), "c", Map.of("k", 9L, "l", 2L)));
    }

    @Test
    void errorsNameFileLineAndColumn() {
        assertThatThrownBy(() -> read("stages:\n  a:\n    cmd: echo\n   outs: [x]\n"))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("'test.yaml'")
                .hasMessageContaining("line 4, column 4")
                .hasMessageContaining("4 │    outs: [x]");
        assertThatThrownBy(() -> read("a: 1\na: 2\n"))
                .hasMessageContaining("found duplicate key \"a\"")
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> read("a: *nope\n")).hasMessageContaining("undefined alias 'nope'");
    }

    @Test
    void hostileDocumentsAreRefusedBeforeTheyHurt() {
        assertThatThrownBy(() -> read("[".repeat(5_000))).isInstanceOf(InvalidFileException.class);
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [%s]\n"
                    .formatted(i, i, String.join(", ", java.util.Collections.nCopies(10, "*a" + (i - 1)))));
        }
        assertThatThrownBy(() -> read(bomb.toString())).hasMessageContaining("aliases expand");
    }

    @Test
    void positionsCountCharactersBehindTheBasicPlaneOnce() {
        YamlEditor editor = new YamlEditor("test", "a: 😀😀 # x\nb: 1\n");
        editor.set(List.of("b"), 2L);
        assertThat(editor.text()).isEqualTo("a: 😀😀 # x\nb: 2\n");
    }
}

package dev.cairn.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expectations are what ruamel.yaml 0.17.32 writes, the library of DVC 2.58.2. */
class YamlWriterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes",
                "no",
                "on",
                "Yes",
                "12:30:45",
                "nan",
                "e1",
                "1e",
                "0o8",
                "1:2",
                "~a",
                ":x",
                "x]",
                "a|b",
                "key=val",
                "${x}",
                "it's",
                "say \"hi\"",
                "C:\\x",
                "ü",
                "😀"
            })
    void textThatReadsAsTextStaysPlain(String text) {
        assertThat(YamlWriter.write(Map.of("k", text))).isEqualTo("k: " + text + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123",
                "1.5",
                "1e5",
                "1e-5",
                "0x1f",
                "0o7",
                "012",
                "1_000",
                "0b1",
                "+1",
                ".5",
                "1.",
                "-0",
                "2020-01-02",
                ".inf",
                ".nan",
                "~",
                "null",
                "Null",
                "true",
                "TRUE",
                "",
                "<<",
                "=",
                " a",
                "a ",
                "a: b",
                "a #b",
                "#x",
                "- x",
                "-",
                "?",
                "[x]",
                "{{x}}",
                "*x",
                "&a",
                "!t",
                "%p",
                "@a",
                ">a",
                "|a",
                "x:",
                "--- a",
                "..."
            })
    void textThatReadsAsSomethingElseIsQuoted(String text) {
        assertThat(YamlWriter.write(Map.of("k", text))).isEqualTo("k: '" + text + "'\n");
    }

    @Test
    void controlCharactersAndQuotesInsideQuotesTakeDoubleQuotes() {
        assertThat(YamlWriter.write(Map.of("k", "a\nb"))).isEqualTo("k: \"a\\nb\"\n");
        assertThat(YamlWriter.write(Map.of("k", "\u0001"))).isEqualTo("k: \"\\x01\"\n");
        assertThat(YamlWriter.write(Map.of("k", "it's: ok"))).isEqualTo("k: \"it's: ok\"\n");
        assertThat(YamlWriter.write(Map.of("k", "\"a\""))).isEqualTo("k: '\"a\"'\n");
    }

    @Test
    void numbersAreWrittenAsPythonDoes() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", 1.0);
        map.put("b", 1e-05);
        map.put("c", 1e16);
        map.put("d", 10000000000.0);
        map.put("e", Double.POSITIVE_INFINITY);
        map.put("f", Double.NaN);
        map.put("g", null);
        map.put("h", true);

        assertThat(YamlWriter.write(map))
                .isEqualTo("a: 1.0\nb: 1e-05\nc: 1e+16\nd: 10000000000.0\ne: .inf\nf: .nan\ng:\nh: true\n");
    }

    @Test
    void collectionsAreInBlockStyleWithDashesUnderTheirKey() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("deps", List.of("a", Map.of("path", "b")));
        map.put("empty", List.of());
        map.put("none", Map.of());
        map.put("nested", List.of(List.of(1L, 2L), new ArrayList<>(Arrays.asList("x", null))));

        assertThat(YamlWriter.write(map))
                .isEqualTo("deps:\n- a\n- path: b\nempty: []\nnone: {}\nnested:\n- - 1\n  - 2\n- - x\n  - \n");
    }

    @Test
    void longTextIsFoldedBehindColumnEighty() {
        String command =
                "cp in.txt out.txt; cp in.txt nc.txt; cp in.txt per.txt; echo '{\"a\":1}' > m.json; cp m.json m2.json";

        assertThat(YamlWriter.entries(Map.of("cmd", command), 4))
                .isEqualTo("    cmd: cp in.txt out.txt; cp in.txt nc.txt; cp in.txt per.txt; echo '{\"a\":1}' >\n"
                        + "      m.json; cp m.json m2.json\n");
        assertThat(YamlWriter.write(Map.of("k", "x".repeat(90)))).isEqualTo("k: \n  " + "x".repeat(90) + "\n");
    }

    @Test
    void whatIsWrittenReadsBack() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(
                "long",
                ("word with 'quotes' and: colons " + "x".repeat(30) + " ")
                        .repeat(5)
                        .strip());
        map.put("text", "a\tb\\c\"d\u2028é " + "spaces  twice ".repeat(12));
        map.put("list", List.of("1", 1L, 1.5, "no", Map.of("a", List.of("b"))));

        Map<String, Object> read = YamlReader.readMapping(
                        "test", YamlWriter.write(map).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .value();

        assertThat(read).isEqualTo(map);
    }
}

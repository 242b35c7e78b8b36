package dev.cairn.engine.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.UnknownNameException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterOverrideTest {
    private static final String PARAMS = "a: 1\nopt:\n  name: sgd\n  lr: 0.1\nlist:\n- 1\n- 2\nflag: false\ngone: x\n";

    private static String apply(String file, String text, String... overrides) {
        List<ParameterOverride> parsed =
                Stream.of(overrides).map(ParameterOverride::parse).toList();
        return new String(
                ParameterEditor.apply(file, text.getBytes(StandardCharsets.UTF_8), parsed), StandardCharsets.UTF_8);
    }

    private static Object value(String text) {
        return ParameterOverride.parse("k=" + text).value();
    }

    @Test
    void valuesFollowHydrasGrammar() {
        assertThat(Stream.of(
                                "1",
                                "1e-3",
                                ".5",
                                "1_000",
                                "'0.5'",
                                "true",
                                "None",
                                "no",
                                "007",
                                "0x10",
                                "a b",
                                "hello\\, world",
                                "1:2",
                                "2021-01-01")
                        .map(ParameterOverrideTest::value))
                .containsExactly(
                        1L,
                        0.001,
                        0.5,
                        1000L,
                        "0.5",
                        true,
                        "None",
                        "no",
                        "007",
                        "0x10",
                        "a b",
                        "hello, world",
                        "1:2",
                        "2021-01-01");
        assertThat(value("null")).isNull();
        assertThat(value("")).isEqualTo("");
        assertThat(value("[a, 'b c', true, {x: 1}]")).isEqualTo(List.of("a", "b c", true, java.util.Map.of("x", 1L)));
        assertThat(value("str(3)")).isEqualTo("3");
        assertThat(value("float(1)")).isEqualTo(1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "1=2", "k==v", "k=(a)", "k=~", "k=#", "k=[1", "k=a,b", "k=choice(1,2)"})
    void whatIsNotInTheGrammarIsRefused(String override) {
        assertThatThrownBy(() -> ParameterOverride.parse(override)).isInstanceOf(EngineException.class);
    }

    @Test
    void theFileKeepsEverythingElse() {
        assertThat(apply("params.yaml", PARAMS, "a=2", "opt.lr=1e-3", "flag=true", "list=[3,4,5]"))
                .isEqualTo("a: 2\nopt:\n  name: sgd\n  lr: 0.001\nlist:\n- 3\n- 4\n- 5\nflag: true\ngone: x\n");
        assertThat(apply("params.yaml", PARAMS, "+opt.new=hello", "~gone", "a='quoted text'"))
                .isEqualTo(
                        "a: quoted text\nopt:\n  name: sgd\n  lr: 0.1\n  new: hello\nlist:\n- 1\n- 2\nflag: false\n");
        assertThat(apply("params.yaml", "a: 1 # one\n", "a=1")).isEqualTo("a: 1 # one\n");
        assertThat(apply("params.yaml", PARAMS, "a=${opt.lr}")).startsWith("a: 0.1\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "conf.json | {\"k\": {\"v\": 1}} | k.v=7 | {\"k\": {\"v\": 7}}",
                "conf.toml | k = 1 # one | k=2 | k = 2 # one",
                "conf.py | K = 1  # one | K=2 | K = 2  # one"
            })
    void otherFormatsAreEditedToo(String file, String before, String override, String after) {
        assertThat(apply(file, before, override)).isEqualTo(after);
    }

    @Test
    void unknownKeysAreNotInvented() {
        assertThatThrownBy(() -> apply("params.yaml", PARAMS, "nope=1"))
                .isInstanceOf(UnknownNameException.class)
                .hasMessageContaining("Could not override 'nope'")
                .hasMessageContaining("+nope=1");
        assertThatThrownBy(() -> apply("params.yaml", PARAMS, "opt={z:7}")).isInstanceOf(UnknownNameException.class);
        assertThatThrownBy(() -> apply("params.yaml", PARAMS, "+a=1")).hasMessageContaining("Could not append");
        assertThat(apply("params.yaml", PARAMS, "opt={lr:7}")).contains("name: sgd\n  lr: 7\n");
    }

    @Test
    void theFileStandsBeforeTheFirstEqualsSign() {
        assertThat(ParameterOverride.parse("conf.json:k.v=7").file()).isEqualTo("conf.json");
        assertThat(ParameterOverride.parse("a=b:c").file()).isEqualTo("params.yaml");
    }
}

package dev.cairn.store.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    @Test
    void valuesComeAsPlainJavaValuesInFileOrder() {
        Object value = JsonReader.parse("{\"z\": [1, 1.5, 12345678901234567890, \"ü\", true, null, NaN], \"a\": {}}");

        assertThat(value).isInstanceOf(Map.class);
        Map<?, ?> map = (Map<?, ?>) value;
        assertThat(map.keySet().stream().map(String::valueOf)).containsExactly("z", "a");
        assertThat(map.get("z"))
                .isEqualTo(Arrays.asList(1L, 1.5, new BigInteger("12345678901234567890"), "ü", true, null, Double.NaN));
    }

    @Test
    void theLastOfEqualKeysWinsAsInPython() {
        assertThat(JsonReader.parse("{\"a\": 1, \"a\": 2}")).isEqualTo(Map.of("a", 2L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,]", "{\"a\": 1} x", "{'a': 1}", "[01]", "nul"})
    void whatIsNoJsonIsRefusedWithItsPlace(String text) {
        assertThatThrownBy(() -> JsonReader.parse(text))
                .isInstanceOf(JsonReader.JsonSyntaxException.class)
                .hasMessageStartingWith("Not valid JSON: ");
    }

    @Test
    void depthIsBounded() {
        assertThatThrownBy(() -> JsonReader.parse("[".repeat(100_000)))
                .isInstanceOf(JsonReader.JsonSyntaxException.class);
    }
}

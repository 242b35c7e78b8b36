package dev.cairn.engine.params;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.engine.error.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OverrideGrammarTest {
    static Stream<String> lines() throws IOException {
        try (InputStream in = OverrideGrammarTest.class.getResourceAsStream("override-grammar.txt")) {
            return new String(requireNonNull(in).readAllBytes(), UTF_8).lines().skip(1).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void overridesMeanWhatHydraMakesOfThem(String line) {
        String[] parts = line.split(" ¦ ", 2);

        assertThat(described(parts[0])).isEqualTo(parts[1]);
    }

    @Test
    void aShuffledSweepHasTheSameValues() {
        OverrideSweep sweep = (OverrideSweep) requireNonNull(
                ParameterOverride.parseAny("a=shuffle(range(1,5))").value());

        assertThat(sweep.values("", new Random(3))).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    }

    private static String described(String text) {
        ParameterOverride override;
        try {
            override = ParameterOverride.parseAny(text);
        } catch (EngineException e) {
            return "ERR";
        }
        if (override.value() instanceof OverrideSweep sweep) {
            try {
                List<String> values = new ArrayList<>();
                sweep.values(text, new Random(1)).forEach(value -> values.add(OverrideText.of(value)));
                return override.typedKey() + " SWEEP " + values;
            } catch (EngineException e) {
                return "SWEEPERR";
            }
        }
        return override.typedKey() + " "
                + (override.hasValue()
                        ? OverrideText.of(override.value()) + " " + type(OverrideText.plain(override.value()))
                        : "none");
    }

    private static String type(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        if (value instanceof List<?> list) {
            list.forEach(item -> out.append(type(item)).append(' '));
            return "[" + out + "]";
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) ->
                    out.append(key).append(':').append(type(item)).append(' '));
            return "{" + out + "}";
        }
        if (value == null) {
            return "null";
        }
        return value instanceof Boolean
                ? "bool"
                : value instanceof Double ? "float" : value instanceof Number ? "int" : "str";
    }
}

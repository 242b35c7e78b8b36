package dev.cairn.store.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonJsonTest {
    @Test
    void scalarsAreSpelledAsPythonSpellsThem() {
        var values = Arrays.asList(
                1, 2.5, 1e-5, 1e20, BigInteger.TWO.pow(70), null, true, Double.NaN, Double.NEGATIVE_INFINITY, -0.0, 3L);

        assertThat(PythonJson.dumps(values))
                .isEqualTo("[1, 2.5, 1e-05, 1e+20, 1180591620717411303424, null, true, NaN, -Infinity, -0.0, 3]");
    }

    @Test
    void stringsAreAsciiWithSurrogatePairsEscaped() {
        assertThat(PythonJson.dumps("ü\n\"\\/\u007f\u2028\uD83D\uDE00\u0001"))
                .isEqualTo("\"\\u00fc\\n\\\"\\\\/\\u007f\\u2028\\ud83d\\ude00\\u0001\"");
    }

    @Test
    void mapsKeepTheirOrderUnlessSortingIsAsked() {
        Map<Object, Object> inner = new LinkedHashMap<>();
        inner.put("b", 1);
        inner.put("a", List.of());
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(10, 1);
        map.put(9, inner);

        assertThat(PythonJson.dumps(map)).isEqualTo("{\"10\": 1, \"9\": {\"b\": 1, \"a\": []}}");
        assertThat(PythonJson.dumpsSorted(map)).isEqualTo("{\"9\": {\"a\": [], \"b\": 1}, \"10\": 1}");
    }

    @Test
    void keysAreSortedByCodePointNotByUtf16Unit() {
        assertThat(PythonJson.dumpsSorted(Map.of("\uffff", 1, "\uD83D\uDE00", 2)))
                .isEqualTo("{\"\\uffff\": 1, \"\\ud83d\\ude00\": 2}");
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "1.0, 1.0",
        "100.0, 100.0",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "1e15, 1000000000000000.0",
        "9999999999999998.0, 9999999999999998.0",
        "1e16, 1e+16",
        "123456789012345680.0, 1.2345678901234568e+17",
        "1e22, 1e+22",
        "1e23, 1e+23",
        "5e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "2.2250738585072014e-308, 2.2250738585072014e-308",
        "5.684341886080802e-14, 5.684341886080802e-14",
        "9.5367431640625e-07, 9.5367431640625e-07",
        "-4.35, -4.35",
        "0.30000000000000004, 0.30000000000000004",
        "2e-3, 0.002",
        "123456789.0, 123456789.0"
    })
    void floatsHavePythonsShortestForm(String literal, String repr) {
        assertThat(PythonJson.repr(Double.parseDouble(literal))).isEqualTo(repr);
    }

    @Test
    void everyFloatReadsBackAsItself() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(PythonJson.repr(value))).isEqualTo(value);
            }
        }
    }

    @Test
    void whatJsonCannotHoldIsRefused() {
        assertThatThrownBy(() -> PythonJson.dumps(List.of(new Object())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not JSON serializable");
    }
}

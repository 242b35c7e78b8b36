package dev.cairn.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PythonTextTest {
    @Test
    void showsValuesAsPythonDoes() {
        assertThat(PythonText.repr(Arrays.asList(1L, 2.5, "x", null, true, Map.of("q", 2L))))
                .isEqualTo("[1, 2.5, 'x', None, True, {'q': 2}]");
        assertThat(PythonText.repr(List.of("it's", "a\n\"b\"", "both ' and \"")))
                .isEqualTo("[\"it's\", 'a\\n\"b\"', 'both \\' and \"']");
        assertThat(PythonText.repr(Double.NaN)).isEqualTo("nan");
        assertThat(PythonText.str("plain")).isEqualTo("plain");
        assertThat(PythonText.str(null)).isEqualTo("None");
    }
}

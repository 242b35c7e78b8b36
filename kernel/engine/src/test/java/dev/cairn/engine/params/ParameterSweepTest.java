package dev.cairn.engine.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.error.EngineException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterSweepTest {
    private static List<List<String>> expand(String... overrides) {
        return ParameterSweep.expand(List.of(overrides), new Random(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            lr=1,2                    | [[lr=1], [lr=2]]
            lr=choice(a,'b c',[1,2])  | [[lr=a], [lr=b\\ c], [lr=[1,2]]]
            lr=range(1,4)             | [[lr=1], [lr=2], [lr=3]]
            lr=range(0,1,step=0.5)    | [[lr=0.0], [lr=0.5]]
            lr=range(3,0,-1)          | [[lr=3], [lr=2], [lr=1]]
            lr=sort(3,1,2)            | [[lr=1], [lr=2], [lr=3]]
            lr=sort(3,1,reverse=true) | [[lr=3], [lr=1]]
            lr=1.50,2                 | [[lr=1.5], [lr=2]]
            c.json:+a.b=1,2           | [[c.json:+a.b=1], [c.json:+a.b=2]]
            lr=[1,2]                  | [[lr=[1,2]]]
            lr=a\\,b                  | [[lr=a\\,b]]
            lr='a,b'                  | [[lr='a,b']]
            lr={a:1,b:2}              | [[lr={a:1,b:2}]]
            ~lr                       | [[~lr]]
            """)
    void eachValueIsAnExperiment(String override, String expected) {
        assertThat(expand(override)).hasToString(expected);
    }

    @Test
    void theLastParameterChangesFastest() {
        assertThat(expand("a=1,2", "b=x", "c=3,4"))
                .containsExactly(
                        List.of("a=1", "b=x", "c=3"),
                        List.of("a=1", "b=x", "c=4"),
                        List.of("a=2", "b=x", "c=3"),
                        List.of("a=2", "b=x", "c=4"));
    }

    @Test
    void whatHasNoEndIsRefused() {
        assertThatThrownBy(() -> expand("lr=glob(*)"))
                .isInstanceOf(EngineException.class)
                .hasMessage("Glob override 'lr=glob(*)' is not supported.");
        assertThatThrownBy(() -> expand("lr=interval(0,1)")).isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> expand("lr=range(a,b)")).hasMessageContaining("'a' is not a number");
    }

    @Test
    void overridesAreDescribedAsPythonWritesThem() {
        assertThat(ParameterSweep.describe(List.of("lr=1", "c.json:k='x'", "o=s")))
                .isEqualTo("{'params.yaml': ['lr=1', 'o=s'], 'c.json': [\"k='x'\"]}");
    }
}

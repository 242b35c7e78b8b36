package dev.cairn.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.experiment.Objective.Mode;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class KeepPolicyTest {
    private static final List<OptionalDouble> VALUES =
            DoubleStream.of(5, 1, 4, 2, 3, 6, 7).mapToObj(OptionalDouble::of).toList();

    @Test
    void theBestTheLastAndEachOfANumberStay() {
        assertThat(KeepPolicy.parse("best:2").kept(VALUES, Mode.MIN)).containsExactly(1, 3, 6);
        assertThat(KeepPolicy.parse("best:1").kept(VALUES, Mode.MAX)).containsExactly(6);
        assertThat(KeepPolicy.parse("last:3").kept(VALUES, Mode.MIN)).containsExactly(4, 5, 6);
        assertThat(KeepPolicy.parse("every:3").kept(VALUES, Mode.MIN)).containsExactly(2, 5, 6);
        assertThat(KeepPolicy.parse("best:1, last:2, every:5").kept(VALUES, Mode.MIN))
                .containsExactly(1, 4, 5, 6);
    }

    @Test
    void theTipStaysAlways() {
        assertThat(KeepPolicy.parse("last:0").kept(VALUES, Mode.MIN)).containsExactly(6);
    }

    @Test
    void whatItDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> KeepPolicy.parse("first:1")).isInstanceOf(EngineException.class);
    }
}

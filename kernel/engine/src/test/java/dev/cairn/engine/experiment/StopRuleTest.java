package dev.cairn.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.TestProject;
import dev.cairn.engine.error.EngineException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopRuleTest {
    @TempDir
    private Path directory;

    @Test
    void patienceEndsWhenNothingIsBetterThanBefore() {
        try (TestProject project = TestProject.in(directory)) {
            StopRule rule = StopRule.parse(project.project(), "val_loss not improved for 2");

            assertThat(rule.reached(List.of(3.0, 2.0, 2.5))).isEmpty();
            assertThat(rule.reached(List.of(3.0, 2.0, 2.5, 2.0)))
                    .hasValue("val_loss has not improved for 2 checkpoints; the best was 2.0");
            assertThat(rule.reached(List.of(3.0, 2.0, 2.5, 1.9))).isEmpty();
        }
    }

    @Test
    void aLimitEndsWhenTheLastValueIsPastIt() {
        try (TestProject project = TestProject.in(directory)) {
            StopRule rule = StopRule.parse(project.project(), "acc>=0.95");

            assertThat(rule.reached(List.of(0.99, 0.9))).isEmpty();
            assertThat(rule.reached(List.of(0.9, 0.95))).hasValue("acc is 0.95, which is >= 0.95");
        }
    }

    @Test
    void aMetricWhoseNameSaysNothingNeedsADirection() {
        try (TestProject project = TestProject.in(directory)) {
            assertThatThrownBy(() -> StopRule.parse(project.project(), "reward not improved for 2"))
                    .isInstanceOf(EngineException.class);

            StopRule rule = StopRule.parse(project.project(), "max reward not improved for 1");

            assertThat(rule.reached(List.of(1.0, 2.0))).isEmpty();
            assertThat(rule.reached(List.of(2.0, 1.0))).isPresent();
        }
    }

    @Test
    void whatIsNoRuleIsRefused() {
        try (TestProject project = TestProject.in(directory)) {
            assertThatThrownBy(() -> StopRule.parse(project.project(), "soon"))
                    .hasMessage("'soon' is no rule to stop by");
        }
    }
}

package dev.cairn.engine.metric;

import static dev.cairn.engine.metric.GoldenProject.assertPrints;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParamReaderTest {
    private final GoldenProject project = new GoldenProject();
    private final ParamReader reader = new ParamReader(new ValueFiles());

    @Test
    void comparesAllParametersAsDvcDoes() throws IOException {
        var diff = reader.diff(project.head(), project.workspace(), List.of(), false, false);

        assertPrints(diff.toJson(), "params-diff.json");
    }

    @Test
    void comparesOnlyWhatStagesUse() throws IOException {
        var diff = reader.diff(project.head(), project.workspace(), List.of(), true, true);

        assertPrints(diff.toJson(), "params-diff-deps.json");
    }

    @Test
    void comparesTargets() throws IOException {
        var diff = reader.diff(project.head(), project.workspace(), List.of("p2.json"), false, true);

        assertPrints(diff.toJson(), "params-diff-targets.json");
    }

    @Test
    void keepsWholeNumbersExact() {
        var values = reader.read(project.workspace()).get("params.yaml").data();

        assertThat(values).containsEntry("big", new java.math.BigInteger("12345678901234567890"));
        assertThat(values).containsEntry("small", 1e-5);
    }

    @Test
    void differencesFollowPython() {
        var diff = ValueDiff.between(
                "a",
                "b",
                Map.of("m", FileValues.of(Map.of("flag", true, "whole", 3L, "same", 1L, "nan", Double.NaN))),
                Map.of("m", FileValues.of(Map.of("flag", false, "whole", 5L, "same", 1.0, "nan", Double.NaN))),
                false);

        assertThat(diff.changes()).extracting(ValueChange::name).containsExactly("flag", "nan", "whole");
        assertThat(diff.toJson().toString())
                .isEqualTo("{m={flag={old=true, new=false, diff=-1}, nan={old=NaN, new=NaN, diff=NaN},"
                        + " whole={old=3, new=5, diff=2}}}");
    }
}

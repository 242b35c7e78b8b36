package dev.cairn.engine.experiment;

import dev.cairn.engine.params.ParameterOverride;
import dev.cairn.engine.reproduce.ReproduceRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code exp run} is to do.
 *
 * @param reproduce targets and flags for the pipeline
 * @param name of the experiment; null for one made up
 * @param overrides of parameters, in order
 * @param reset start over from the baseline, whatever there is to resume
 * @param force replace an experiment of the same name
 * @param message of the last commit; null for DVC's
 * @param environment added to that of every stage's command
 * @param policy what goes beyond DVC
 */
public record ExperimentRequest(
        ReproduceRequest reproduce,
        @Nullable String name,
        List<ParameterOverride> overrides,
        boolean reset,
        boolean force,
        @Nullable String message,
        Map<String, String> environment,
        RunPolicy policy) {
    public ExperimentRequest {
        overrides = List.copyOf(overrides);
        environment = Map.copyOf(environment);
    }

    /** A run as DVC has it. */
    public ExperimentRequest(
            ReproduceRequest reproduce,
            @Nullable String name,
            List<ParameterOverride> overrides,
            boolean reset,
            boolean force,
            @Nullable String message,
            Map<String, String> environment) {
        this(reproduce, name, overrides, reset, force, message, environment, RunPolicy.PLAIN);
    }

    /** The whole pipeline with the given overrides, and nothing special. */
    public static ExperimentRequest of(ParameterOverride... overrides) {
        return new ExperimentRequest(ReproduceRequest.of(), null, List.of(overrides), false, false, null, Map.of());
    }

    public ExperimentRequest named(String newName) {
        return new ExperimentRequest(reproduce, newName, overrides, reset, force, message, environment, policy);
    }

    public ExperimentRequest reproducing(ReproduceRequest other) {
        return new ExperimentRequest(other, name, overrides, reset, force, message, environment, policy);
    }

    public ExperimentRequest withReset() {
        return new ExperimentRequest(reproduce, name, overrides, true, force, message, environment, policy);
    }

    public ExperimentRequest with(RunPolicy newPolicy) {
        return new ExperimentRequest(reproduce, name, overrides, reset, force, message, environment, newPolicy);
    }
}

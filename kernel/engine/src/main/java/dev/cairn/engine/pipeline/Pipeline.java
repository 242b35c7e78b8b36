package dev.cairn.engine.pipeline;

import dev.cairn.engine.error.UnknownNameException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All stages of a project at one revision, with what the lock files say of them. Immutable.
 *
 * @param stages in the order of files, then of declaration
 * @param locks what is known of stages that have run; a .dvc file always has its entry
 * @param metrics files declared as top-level metrics, relative to the root
 * @param params files declared as top-level params, relative to the root
 * @param plots top-level plots
 * @param variables values out of files that the templates of dvc.yaml name: by file, then by dotted path
 */
public record Pipeline(
        Map<StageAddress, Stage> stages,
        Map<StageAddress, LockEntry> locks,
        List<String> metrics,
        List<String> params,
        List<PlotDefinition> plots,
        Map<String, Map<String, @Nullable Object>> variables) {
    public Pipeline {
        stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
        locks = Map.copyOf(locks);
        metrics = List.copyOf(metrics);
        params = List.copyOf(params);
        plots = List.copyOf(plots);
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /**
     * A plot declared at the top level of a dvc.yaml.
     *
     * @param id the name, or the path of the data when the plot has no {@code x}/{@code y} maps
     * @param file the dvc.yaml, relative to the root
     */
    public record PlotDefinition(String file, String id, PlotProperties properties) {}

    public Stage stage(StageAddress address) {
        Stage stage = stages.get(address);
        if (stage == null) {
            throw new UnknownNameException(
                    "Stage '%s' not found inside '%s' file".formatted(address.name(), address.file()),
                    "`stage list` shows the stages there are.");
        }
        return stage;
    }

    public Optional<LockEntry> lock(StageAddress address) {
        return Optional.ofNullable(locks.get(address));
    }

    /** The stage that makes the path (relative to the root), or a directory around it. */
    public Optional<Stage> producerOf(String path) {
        return stages.values().stream()
                .filter(s ->
                        s.outputs().stream().anyMatch(o -> path.equals(o.path()) || path.startsWith(o.path() + "/")))
                .findFirst();
    }
}

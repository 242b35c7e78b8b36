package dev.cairn.engine.pipeline;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of a pipeline, or, without a command, data that a .dvc file tracks.
 *
 * @param command the resolved {@code cmd}: empty for data
 * @param workingDirectory where the command runs, relative to the project's root; empty for the root
 * @param dependencies in the order of declaration, parameters after files
 * @param outputs in the order of declaration: outs, metrics, plots
 * @param source where the data was imported from; null for what was not
 */
public record Stage(
        StageAddress address,
        Command command,
        String workingDirectory,
        List<Dependency> dependencies,
        List<Output> outputs,
        boolean frozen,
        boolean alwaysChanged,
        @Nullable String description,
        @Nullable ImportSource source) {
    public Stage {
        dependencies = List.copyOf(dependencies);
        outputs = List.copyOf(outputs);
    }

    /** Whether this is tracked data, with nothing to run. */
    public boolean isData() {
        return command.isEmpty();
    }

    /** Whether the data was imported but not brought here yet. */
    public boolean isPartialImport(Optional<LockEntry> known) {
        return source != null
                && known.stream().flatMap(entry -> entry.outputs().stream()).allMatch(state -> state.hash() == null);
    }

    /** Whether it makes checkpoints. */
    public boolean isCheckpoint() {
        return outputs.stream().anyMatch(Output::checkpoint);
    }

    /** Whether it reads and makes nothing, and so runs every time. */
    public boolean isCallback() {
        return !isData() && dependencies.isEmpty() && outputs.isEmpty();
    }

    public Optional<Output> output(String path) {
        return outputs.stream().filter(o -> o.path().equals(path)).findFirst();
    }

    public List<Dependency.OnFile> fileDependencies() {
        return dependencies.stream()
                .filter(Dependency.OnFile.class::isInstance)
                .map(Dependency.OnFile.class::cast)
                .toList();
    }

    public List<Dependency.OnParameters> parameterDependencies() {
        return dependencies.stream()
                .filter(Dependency.OnParameters.class::isInstance)
                .map(Dependency.OnParameters.class::cast)
                .toList();
    }
}

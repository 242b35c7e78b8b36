package dev.cairn.engine.experiment;

import dev.cairn.engine.pipeline.DataFile;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.reproduce.PathStates;
import dev.cairn.store.hash.HashName;
import dev.cairn.store.snapshot.FileSnapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Data that .dvc files track and that is not in the workspace as they say. A run elsewhere takes it along, as in DVC: it goes into the
 * cache, and the run's .dvc files name it; those of the workspace stay as they are.
 */
final class ChangedData {
    private final Project project;

    ChangedData(Project project) {
        this.project = project;
    }

    /** The .dvc files as they are to be, relative to the root. What is missing in the workspace is left as it was recorded. */
    Map<String, byte[]> dataFiles() {
        Pipeline pipeline = PipelineReader.read(project.workspace());
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (Stage stage : pipeline.stages().values()) {
            if (stage.isData() && stage.source() == null) {
                for (Output output : stage.outputs()) {
                    changed(pipeline, stage, output)
                            .ifPresent(now -> files.put(stage.address().file(), text(stage, now)));
                }
            }
        }
        return files;
    }

    private Optional<PathState> changed(Pipeline pipeline, Stage stage, Output output) {
        Optional<PathState> known = pipeline.lock(stage.address()).flatMap(entry -> entry.output(output.declared()));
        HashName name = known.map(PathState::hashName).orElse(project.hashName());
        Path path = project.resolve(output.path());
        FileSnapshot now = project.snapshotter().snapshot(path, name);
        boolean isKnown = known.filter(state -> PathStates.matches(state, now)).isPresent();
        if (!output.cached() || isKnown || now instanceof FileSnapshot.Missing) {
            return Optional.empty();
        }
        return Optional.of(PathStates.of(
                output.declared(),
                project.cache(project.hashName()).take(path, project.snapshotter()),
                project.hashName()));
    }

    private byte[] text(Stage stage, PathState now) {
        String file = stage.address().file();
        String old = new String(project.workspace().read(file).orElseThrow(), StandardCharsets.UTF_8);
        return DataFile.write(file, old, now).getBytes(StandardCharsets.UTF_8);
    }
}

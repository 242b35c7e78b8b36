package dev.cairn.engine.pipeline;

import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.engine.project.RevisionFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads all pipeline and lock files of a revision. */
public final class PipelineReader {
    private PipelineReader() {}

    /**
     * Reads and resolves every stage.
     *
     * @throws InvalidFileException when a file is broken, with its line
     */
    public static Pipeline read(RevisionFiles files) {
        Map<StageAddress, Stage> stages = new LinkedHashMap<>();
        Map<StageAddress, LockEntry> locks = new LinkedHashMap<>();
        List<String> metrics = new ArrayList<>();
        List<String> params = new ArrayList<>();
        List<Pipeline.PlotDefinition> plots = new ArrayList<>();
        Map<String, Map<String, @Nullable Object>> variables = new LinkedHashMap<>();
        for (String path : files.pipelineFiles()) {
            byte[] content = files.read(path).orElse(new byte[0]);
            if (!ProjectPath.name(path).equals(StageAddress.PIPELINE_FILE)) {
                DataFile.Parsed parsed = DataFile.parse(path, content);
                stages.put(parsed.stage().address(), parsed.stage());
                locks.put(parsed.stage().address(), parsed.entry());
                continue;
            }
            PipelineFile file = PipelineFile.parse(path, content, files);
            file.stages().forEach(stage -> stages.put(stage.address(), stage));
            metrics.addAll(file.metrics());
            params.addAll(file.params());
            plots.addAll(file.plots());
            file.variables().forEach((source, values) -> variables
                    .computeIfAbsent(source, s -> new LinkedHashMap<>())
                    .putAll(values));
            String lockPath = LockFile.pathFor(path);
            files.read(lockPath).ifPresent(lock -> LockFile.parse(lockPath, lock)
                    .entries()
                    .forEach((name, entry) -> locks.put(new StageAddress(path, name), entry)));
        }
        return new Pipeline(stages, locks, metrics, params, plots, variables);
    }
}

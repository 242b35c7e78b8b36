package dev.cairn.engine.pipeline;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.engine.project.RevisionFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
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
        return files.derive(
                Pipeline.class,
                "",
                observed -> read(observed, (path, problem) -> {
                    throw problem;
                }));
    }

    /**
     * Reads and resolves what can be read.
     *
     * @param broken told of each file that cannot, by its path; the file's stages are left out
     */
    public static Pipeline read(RevisionFiles files, BiConsumer<String, EngineException> broken) {
        Collected collected = new Collected();
        for (String path : files.pipelineFiles()) {
            try {
                collected.add(path, files);
            } catch (EngineException e) {
                broken.accept(path, e);
            }
        }
        return collected.pipeline();
    }

    /** What was read so far. */
    private static final class Collected {
        private final Map<StageAddress, Stage> stages = new LinkedHashMap<>();
        private final Map<StageAddress, LockEntry> locks = new LinkedHashMap<>();
        private final List<String> metrics = new ArrayList<>();
        private final List<String> params = new ArrayList<>();
        private final List<Pipeline.PlotDefinition> plots = new ArrayList<>();
        private final Map<String, Map<String, @Nullable Object>> variables = new LinkedHashMap<>();

        void add(String path, RevisionFiles files) {
            if (!ProjectPath.name(path).equals(StageAddress.PIPELINE_FILE)) {
                DataFile.Parsed parsed = DataFile.read(path, files);
                stages.put(parsed.stage().address(), parsed.stage());
                locks.put(parsed.stage().address(), parsed.entry());
                return;
            }
            PipelineFile file = PipelineFile.read(path, files);
            LockFile.read(LockFile.pathFor(path), files)
                    .entries()
                    .forEach((name, entry) -> locks.put(new StageAddress(path, name), entry));
            file.stages().forEach(stage -> stages.put(stage.address(), stage));
            metrics.addAll(file.metrics());
            params.addAll(file.params());
            plots.addAll(file.plots());
            file.variables().forEach((source, values) -> variables
                    .computeIfAbsent(source, s -> new LinkedHashMap<>())
                    .putAll(values));
        }

        Pipeline pipeline() {
            return new Pipeline(stages, locks, metrics, params, plots, variables);
        }
    }
}

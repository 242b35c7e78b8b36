package dev.cairn.engine.experiment;

import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.metric.FileValues;
import dev.cairn.engine.params.ParameterFile;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.project.RevisionFiles;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The numbers in the metric files of the workspace, for progress while stages run. */
final class WorkspaceMetrics {
    private WorkspaceMetrics() {}

    /** By dotted name, of the stages chosen. A file that is missing or half written has none. */
    static Map<String, Object> read(Pipeline pipeline, RevisionFiles files, Predicate<Output> chosen) {
        Set<String> paths = new LinkedHashSet<>(pipeline.metrics());
        pipeline.stages().values().forEach(stage -> stage.outputs().stream()
                .filter(o -> o.kind() == Output.Kind.METRIC && chosen.test(o))
                .forEach(o -> paths.add(o.path())));
        Map<String, Object> numbers = new LinkedHashMap<>();
        for (String path : paths) {
            files.read(path).ifPresent(content -> read(path, content, numbers));
        }
        return numbers;
    }

    private static void read(String path, byte[] content, Map<String, Object> numbers) {
        try {
            FileValues.of(ParameterFile.parse(path, content)).flat().forEach((name, value) -> {
                if (value instanceof Number) {
                    numbers.putIfAbsent(name, value);
                }
            });
        } catch (InvalidFileException e) {
            // Progress only: `metrics show` says what is wrong with the file.
        }
    }
}

package dev.cairn.engine.reproduce;

import dev.cairn.engine.error.StageFailedException;
import dev.cairn.engine.params.ParameterFile;
import dev.cairn.engine.pipeline.Dependency;
import dev.cairn.engine.project.RevisionFiles;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the parameters that stages depend on. Each file is parsed once as long as its bytes stay. */
final class ParameterReader {
    private final RevisionFiles files;
    private final Map<String, Parsed> parsed = new HashMap<>();

    private record Parsed(ByteBuffer content, Map<String, @Nullable Object> values) {}

    ParameterReader(RevisionFiles files) {
        this.files = files;
    }

    /** The values of the dependency's keys that are there, by dotted key; empty when the file is missing. */
    Optional<Map<String, @Nullable Object>> read(Dependency.OnParameters dependency) {
        byte[] content = files.read(dependency.path()).orElse(null);
        if (content == null) {
            return Optional.empty();
        }
        Parsed known = parsed.get(dependency.path());
        if (known == null || !known.content().equals(ByteBuffer.wrap(content))) {
            known = new Parsed(ByteBuffer.wrap(content), ParameterFile.parse(dependency.path(), content));
            parsed.put(dependency.path(), known);
        }
        if (dependency.keys().isEmpty()) {
            return Optional.of(known.values());
        }
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        for (String key : dependency.keys()) {
            lookUp(known.values(), key, out);
        }
        return Optional.of(out);
    }

    /** As {@link #read}, when the stage is about to run: every key must be there. */
    Map<String, @Nullable Object> require(String stage, Dependency.OnParameters dependency) {
        Map<String, @Nullable Object> values = read(dependency)
                .orElseThrow(() -> new StageFailedException(
                        "failed to reproduce '%s': dependency '%s' does not exist"
                                .formatted(stage, dependency.declared()),
                        "Create %s with the parameters %s.".formatted(dependency.path(), dependency.keys())));
        List<String> missing = new ArrayList<>(dependency.keys());
        missing.removeAll(values.keySet());
        if (!missing.isEmpty()) {
            throw new StageFailedException(
                    "failed to reproduce '%s': Parameters '%s' are missing from '%s'."
                            .formatted(stage, String.join(", ", missing), dependency.declared()),
                    "Add them to %s, or remove them from the stage's params in dvc.yaml.".formatted(dependency.path()));
        }
        return values;
    }

    private static void lookUp(Map<String, @Nullable Object> values, String key, Map<String, @Nullable Object> out) {
        Object at = values;
        for (String part : key.split("\\.", -1)) {
            if (at instanceof Map<?, ?> map && map.containsKey(part)) {
                at = map.get(part);
            } else if (at instanceof List<?> list && part.matches("\\d{1,9}") && Integer.parseInt(part) < list.size()) {
                at = list.get(Integer.parseInt(part));
            } else {
                return;
            }
        }
        out.put(key, at);
    }
}

package dev.cairn.engine.metric;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.metric.FileValues.FileError;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The metric or parameter files of one revision.
 *
 * @param revision its name
 * @param files by path relative to the root, in DVC's order
 * @param error why the revision's stages cannot be read; null when they can
 */
public record RevisionValues(String revision, Map<String, FileValues> files, @Nullable FileError error) {
    public RevisionValues {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    static RevisionValues of(String revision, Supplier<Map<String, FileValues>> files) {
        try {
            return new RevisionValues(revision, files.get(), null);
        } catch (EngineException e) {
            return new RevisionValues(revision, Map.of(), FileError.of(e));
        }
    }

    /** Whether the revision or one of its files could not be read. */
    public boolean hasErrors() {
        return error != null || files.values().stream().anyMatch(f -> f.error() != null);
    }

    /** What DVC prints of the revision with {@code --json}. */
    public Map<String, Object> toJson() {
        if (error != null) {
            return Map.of("error", error.toJson());
        }
        return files.isEmpty() ? Map.of() : Map.of("data", filesToJson(files));
    }

    /** Files by path, each with its {@code data} or {@code error}. */
    public static Map<String, Object> filesToJson(Map<String, FileValues> files) {
        Map<String, Object> json = new LinkedHashMap<>();
        files.forEach((path, values) -> json.put(path, values.toJson()));
        return json;
    }
}

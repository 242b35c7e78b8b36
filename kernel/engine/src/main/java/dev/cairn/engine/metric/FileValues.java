package dev.cairn.engine.metric;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.InvalidFileException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values in one metric or parameter file: nested maps, lists and scalars, in the file's order. A file that holds a bare value and
 * no map has it under the empty name.
 *
 * @param data empty when the file cannot be read
 * @param error why it cannot; null when it can
 */
public record FileValues(Map<String, @Nullable Object> data, @Nullable FileError error) {
    public FileValues {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    public static FileValues of(Map<String, ? extends @Nullable Object> data) {
        return new FileValues(new LinkedHashMap<>(data), null);
    }

    public static FileValues unreadable(String type, String message) {
        return new FileValues(Map.of(), new FileError(type, message));
    }

    /** @param type DVC's name for the kind of error, as in its JSON output ({@code JSONFileCorruptedError}) */
    public record FileError(String type, String message) {
        /** The error of a revision whose stages cannot be read. */
        public static FileError of(EngineException e) {
            boolean pipeline =
                    e instanceof InvalidFileException && e.getMessage().contains("dvc.yaml");
            String type = e instanceof InvalidFileException
                    ? (pipeline ? "YAMLSyntaxError" : "YAMLFileCorruptedError")
                    : "DvcException";
            return new FileError(type, e.getMessage());
        }

        public Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("type", type);
            json.put("msg", message);
            return json;
        }
    }

    /** What DVC prints of the file with {@code --json}: its {@code data} or its {@code error}; nothing when it is empty. */
    public Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        if (error != null) {
            json.put("error", error.toJson());
        } else if (isBare()) {
            json.put("data", data.get(""));
        } else if (!data.isEmpty()) {
            json.put("data", data);
        }
        return json;
    }

    /** Whether the file holds one value rather than a map: then it stands under the empty name. */
    private boolean isBare() {
        return data.size() == 1 && data.containsKey("");
    }

    /** The leaves by dotted name, in order. Lists are leaves. */
    public Map<String, @Nullable Object> flat() {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        flatten("", data, out);
        return out;
    }

    private static void flatten(String prefix, Map<?, ?> map, Map<String, @Nullable Object> out) {
        map.forEach((key, value) -> {
            String name = prefix.isEmpty() ? String.valueOf(key) : prefix + "." + key;
            if (value instanceof Map<?, ?> nested && !nested.isEmpty()) {
                flatten(name, nested, out);
            } else {
                out.put(name, value);
            }
        });
    }
}

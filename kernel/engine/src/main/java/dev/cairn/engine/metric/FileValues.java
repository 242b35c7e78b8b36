package dev.cairn.engine.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values in one metric or parameter file: nested maps, lists and scalars, in the file's order.
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

    /**
     * Why a file or plot cannot be read.
     *
     *
     * @param type DVC's name for the kind of error, as in its JSON output ({@code JSONFileCorruptedError})
     */
    public record FileError(String type, String message) {}

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

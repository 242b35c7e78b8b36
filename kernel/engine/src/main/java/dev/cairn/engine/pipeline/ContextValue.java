package dev.cairn.engine.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value that references can name, with the place it comes from. */
sealed interface ContextValue {
    Origin origin();

    /** The plain value: map, list, text, number, boolean or null. */
    @Nullable
    Object plain();

    /**
     * Where a value was defined.
     *
     * @param source the file, or {@code vars[0]}; empty for what a stage's own iteration brings
     * @param path dotted keys from the top of the source
     * @param isFile whether the source is a file, whose values count as parameters of the project when they are used
     */
    record Origin(String source, String path, boolean isFile) {
        static final Origin NONE = new Origin("", "", false);

        Origin below(Object key) {
            return new Origin(source, path.isEmpty() ? String.valueOf(key) : path + "." + key, isFile);
        }
    }

    /** A single value. */
    record Single(@Nullable Object plain, Origin origin) implements ContextValue {}

    /** A list. */
    record Items(List<ContextValue> values, Origin origin) implements ContextValue {
        @Override
        public List<@Nullable Object> plain() {
            List<@Nullable Object> out = new ArrayList<>(values.size());
            values.forEach(v -> out.add(v.plain()));
            return out;
        }
    }

    /** A map. It is changed only while the vars of a file or stage are put together. */
    record Fields(Map<String, ContextValue> values, Origin origin) implements ContextValue {
        @Override
        public Map<String, @Nullable Object> plain() {
            Map<String, @Nullable Object> out = new LinkedHashMap<>();
            values.forEach((key, value) -> out.put(key, value.plain()));
            return out;
        }

        Fields copy() {
            Map<String, ContextValue> out = new LinkedHashMap<>();
            values.forEach((key, value) -> out.put(key, value instanceof Fields fields ? fields.copy() : value));
            return new Fields(out, origin);
        }
    }

    /** A plain value, or one that is a context value (or has some in it) already. */
    static ContextValue of(@Nullable Object value, Origin origin) {
        if (value instanceof ContextValue known) {
            return known;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, ContextValue> out = new LinkedHashMap<>();
            map.forEach((key, item) -> out.put(String.valueOf(key), of(item, origin.below(String.valueOf(key)))));
            return new Fields(out, origin);
        }
        if (value instanceof List<?> list) {
            List<ContextValue> out = new ArrayList<>(list.size());
            for (int i = 0; i < list.size(); i++) {
                out.add(of(list.get(i), origin.below(i)));
            }
            return new Items(out, origin);
        }
        return new Single(value, origin);
    }
}

package dev.cairn.engine.params;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.UnknownNameException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One {@code --set-param} of {@code exp run}: {@code [file:]key=value} in the grammar of Hydra's overrides, as DVC takes it.
 *
 * @param file relative to the project's root
 * @param operation what to do with the key
 * @param keys the dotted key, split
 * @param value the new value, or for a removal the value that must be there
 * @param hasValue false for a removal whatever the value
 */
public record ParameterOverride(
        String file, Operation operation, List<String> keys, @Nullable Object value, boolean hasValue) {
    public ParameterOverride {
        keys = List.copyOf(keys);
    }

    /** What an override does: {@code key=}, {@code +key=}, {@code ++key=}, {@code ~key}. */
    public enum Operation {
        CHANGE,
        ADD,
        ADD_OR_CHANGE,
        REMOVE
    }

    public String key() {
        return String.join(".", keys);
    }

    /**
     * Reads an override as it is typed.
     *
     * @param text as typed, for example {@code train.epochs=5} or {@code conf.json:+opt.name='adam'}
     * @throws EngineException when it does not follow the grammar
     */
    public static ParameterOverride parse(String text) {
        int equals = text.indexOf('=');
        String head = equals < 0 ? text : text.substring(0, equals);
        int colon = head.indexOf(':');
        String file = colon < 0 ? ParameterFile.DEFAULT : head.substring(0, colon);
        String rest = colon < 0 ? text : text.substring(colon + 1);
        Operation operation = Operation.CHANGE;
        if (rest.startsWith("++")) {
            operation = Operation.ADD_OR_CHANGE;
            rest = rest.substring(2);
        } else if (rest.startsWith("+")) {
            operation = Operation.ADD;
            rest = rest.substring(1);
        } else if (rest.startsWith("~")) {
            operation = Operation.REMOVE;
            rest = rest.substring(1);
        }
        int split = rest.indexOf('=');
        if (split < 0 && operation != Operation.REMOVE) {
            throw invalid(text, "missing EQUAL at '<EOF>'");
        }
        String key = split < 0 ? rest : rest.substring(0, split);
        if (!key.matches("[A-Za-z_$][\\w\\-$]*(\\.[\\w\\-$]+)*")) {
            throw invalid(text, "'%s' is not a dotted name".formatted(key));
        }
        List<String> keys = List.of(key.split("\\.", -1));
        if (split < 0) {
            return new ParameterOverride(file, operation, keys, null, false);
        }
        Object value = new OverrideValueParser(text, rest.substring(split + 1)).parse();
        return new ParameterOverride(file, operation, keys, value, true);
    }

    static EngineException invalid(String text, String problem) {
        return new EngineException(
                "Invalid `--set-param` value: Error parsing override '%s': %s".formatted(text, problem),
                "Write it as [file:]name=value, for example -S train.lr=0.1; quote text with special characters: -S 'name=\"a, b\"'.");
    }

    /**
     * The values with this override in effect. The given map stays as it is.
     *
     * @throws EngineException when the key is not there ({@code CHANGE}, {@code REMOVE}) or is there ({@code ADD})
     */
    public Map<String, @Nullable Object> applyTo(Map<String, @Nullable Object> values) {
        Map<String, @Nullable Object> copy = copy(values);
        Object parent = copy;
        for (int i = 0; i < keys.size() - 1; i++) {
            parent = child(parent, i);
        }
        String last = keys.get(keys.size() - 1);
        if (parent instanceof List<?>) {
            @SuppressWarnings("unchecked") // copied above: our own mutable list
            List<@Nullable Object> list = (List<@Nullable Object>) parent;
            list.set(index(last, list.size()), value);
            return copy;
        }
        Map<String, @Nullable Object> map = mutable(parent);
        boolean exists = map.containsKey(last);
        if (operation == Operation.CHANGE && !exists || operation == Operation.REMOVE && !exists) {
            throw unknown(last);
        }
        if (operation == Operation.ADD && exists) {
            throw new EngineException(
                    "Invalid `--set-param` value: Could not append to config. An item is already at '%s'."
                            .formatted(key()),
                    "Change it with %s=… , or with ++%s=… whether it is there or not.".formatted(key(), key()));
        }
        if (operation == Operation.REMOVE) {
            if (hasValue && !java.util.Objects.equals(map.get(last), value)) {
                throw new EngineException(
                        "Invalid `--set-param` value: Could not delete from config. The value of '%s' is %s and not %s."
                                .formatted(key(), map.get(last), value),
                        "Delete it whatever its value with ~%s.".formatted(key()));
            }
            map.remove(last);
        } else {
            map.put(last, merge(map.get(last), value, exists));
        }
        return copy;
    }

    private Object child(Object parent, int depth) {
        String name = keys.get(depth);
        if (parent instanceof List<?> list) {
            Object item = list.get(index(name, list.size()));
            if (item == null) {
                throw unknown(name);
            }
            return item;
        }
        Map<String, @Nullable Object> map = mutable(parent);
        Object next = map.get(name);
        if (next instanceof Map || next instanceof List) {
            return next;
        }
        if (operation == Operation.ADD || operation == Operation.ADD_OR_CHANGE) {
            Map<String, @Nullable Object> made = new LinkedHashMap<>();
            map.put(name, made);
            return made;
        }
        throw unknown(name);
    }

    @SuppressWarnings("unchecked") // only ever called on the maps that copy() made
    private Map<String, @Nullable Object> mutable(Object parent) {
        if (parent instanceof Map<?, ?>) {
            return (Map<String, @Nullable Object>) parent;
        }
        throw unknown(keys.get(keys.size() - 1));
    }

    private int index(String name, int size) {
        if (name.matches("\\d{1,9}") && Integer.parseInt(name) < size) {
            return Integer.parseInt(name);
        }
        throw unknown(name);
    }

    /** Hydra merges a map into a map that is there, and lets no unknown key in. */
    private @Nullable Object merge(@Nullable Object old, @Nullable Object now, boolean exists) {
        if (!exists || !(old instanceof Map<?, ?> before) || !(now instanceof Map<?, ?> after)) {
            return now;
        }
        Map<String, @Nullable Object> merged = new LinkedHashMap<>();
        before.forEach((k, v) -> merged.put(String.valueOf(k), v));
        after.forEach((k, v) -> {
            if (!merged.containsKey(String.valueOf(k)) && operation == Operation.CHANGE) {
                throw unknown(String.valueOf(k));
            }
            merged.put(
                    String.valueOf(k), merge(merged.get(String.valueOf(k)), v, merged.containsKey(String.valueOf(k))));
        });
        return merged;
    }

    private UnknownNameException unknown(String name) {
        return new UnknownNameException(
                "Invalid `--set-param` value: Could not override '%s'.\nTo append to your config use +%s=%s: Key '%s' is not in struct\n    full_key: %s\n    object_type=dict"
                        .formatted(key(), key(), value == null ? "" : value, name, key()),
                "Look at the names in %s; +%s=… adds a new one.".formatted(file, key()));
    }

    private static Map<String, @Nullable Object> copy(Map<String, ? extends @Nullable Object> map) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((k, v) -> copy.put(k, copyValue(v)));
        return copy;
    }

    private static @Nullable Object copyValue(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((k, v) -> copy.put(String.valueOf(k), copyValue(v)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(v -> copy.add(copyValue(v)));
            return copy;
        }
        return value;
    }
}

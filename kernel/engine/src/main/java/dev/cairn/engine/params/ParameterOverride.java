package dev.cairn.engine.params;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.UnknownNameException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One {@code --set-param} of {@code exp run}: {@code [file:]key=value} in the grammar of Hydra's overrides, as DVC takes it.
 *
 * @param file relative to the project's root
 * @param operation what to do with the key
 * @param key dotted, or a group of a composed configuration with slashes
 * @param place where a group goes, behind the {@code @}; empty for where it goes by itself
 * @param value the new value, or for a removal the value that must be there
 * @param hasValue false for a removal whatever the value
 */
public record ParameterOverride(
        String file, Operation operation, String key, String place, @Nullable Object value, boolean hasValue) {
    private static final Pattern KEY =
            Pattern.compile("((?:[A-Za-z_$][\\w\\-$]*|\\d+(?=\\.))(?:[./][\\w\\-$]+)*)(?:@([\\w$.\\-]*))?");

    /** For a key of a parameter file. */
    public ParameterOverride(
            String file, Operation operation, List<String> keys, @Nullable Object value, boolean hasValue) {
        this(file, operation, String.join(".", keys), "", value, hasValue);
    }

    /** What an override does: {@code key=}, {@code +key=}, {@code ++key=}, {@code ~key}. */
    public enum Operation {
        CHANGE(""),
        ADD("+"),
        ADD_OR_CHANGE("++"),
        REMOVE("~");

        private final String sign;

        Operation(String sign) {
            this.sign = sign;
        }
    }

    /** The dotted key, split. */
    public List<String> keys() {
        return List.of(key.split("\\.", -1));
    }

    /** Whether it can only mean a group of a composed configuration. */
    boolean isGroup() {
        return key.indexOf('/') >= 0 || !place.isEmpty();
    }

    /**
     * Reads an override as it is typed.
     *
     * @param text as typed, for example {@code train.epochs=5} or {@code conf.json:+opt.name='adam'}
     * @throws EngineException when it does not follow the grammar, or has several values
     */
    public static ParameterOverride parse(String text) {
        ParameterOverride parsed = parseAny(text);
        if (parsed.value() instanceof OverrideSweep) {
            throw new EngineException(
                    "Sweep overrides can't be used without `--queue`",
                    "Queue the sweep with `exp run --queue -S %s`, or write a comma that belongs to the text as `\\,`."
                            .formatted(text));
        }
        return new ParameterOverride(
                parsed.file(),
                parsed.operation(),
                parsed.key(),
                parsed.place(),
                OverrideText.plain(parsed.value()),
                parsed.hasValue());
    }

    /** The same, with a value as {@link OverrideGrammar} reads it: it may be a sweep. */
    static ParameterOverride parseAny(String text) {
        int equals = text.indexOf('=');
        String head = equals < 0 ? text : text.substring(0, equals);
        int colon = head.indexOf(':');
        String file = colon < 0 ? ParameterFile.DEFAULT : head.substring(0, colon);
        String rest = colon < 0 ? text : text.substring(colon + 1);
        Operation operation = Operation.CHANGE;
        for (Operation other : List.of(Operation.ADD_OR_CHANGE, Operation.ADD, Operation.REMOVE)) {
            if (rest.startsWith(other.sign)) {
                operation = other;
                rest = rest.substring(other.sign.length());
                break;
            }
        }
        int split = rest.indexOf('=');
        if (split < 0 && operation != Operation.REMOVE) {
            throw invalid(text, "missing EQUAL at '<EOF>'");
        }
        String key = split < 0 ? rest : rest.substring(0, split);
        Matcher matcher = KEY.matcher(key);
        if (!matcher.matches()) {
            throw invalid(text, "'%s' is not a dotted name".formatted(key));
        }
        String place = matcher.group(2) == null ? "" : matcher.group(2);
        Object value = split < 0 ? null : OverrideGrammar.parse(text, rest.substring(split + 1));
        return new ParameterOverride(file, operation, matcher.group(1), place, value, split >= 0);
    }

    /** What stands before the equals sign, without the file. */
    String typedKey() {
        return operation.sign + key + (place.isEmpty() ? "" : "@" + place);
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
        if (!place.isEmpty()) {
            throw new UnknownNameException(
                    "Invalid `--set-param` value: Override %s=%s looks like a config group override, but config group '%s' does not exist."
                            .formatted(typedKey(), value, key),
                    "Groups are the directories beside the configuration that `hydra.enabled` composes.");
        }
        List<String> keys = keys();
        Map<String, @Nullable Object> copy = copy(values);
        Object parent = copy;
        for (int i = 0; i < keys.size() - 1; i++) {
            parent = child(parent, keys.get(i));
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
        if (operation == Operation.ADD
                && map.get(last) != null
                && !(value instanceof Map)
                && !(value instanceof List)) {
            throw new EngineException(
                    "Invalid `--set-param` value: Could not append to config. An item is already at '%s'."
                            .formatted(key),
                    "Change it with %s=… , or with ++%s=… whether it is there or not.".formatted(key, key));
        }
        if (operation == Operation.REMOVE) {
            if (value != null && !java.util.Objects.equals(map.get(last), value)) {
                throw new EngineException(
                        "Invalid `--set-param` value: Could not delete from config. The value of '%s' is %s and not %s."
                                .formatted(key, map.get(last), value),
                        "Delete it whatever its value with ~%s.".formatted(key));
            }
            map.remove(last);
        } else {
            map.put(last, merge(map.get(last), value, exists));
        }
        return copy;
    }

    private Object child(Object parent, String name) {
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
        throw unknown(key.substring(key.lastIndexOf('.') + 1));
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
                        .formatted(key, key, value == null ? "" : value, name, key),
                "Look at the names in %s; +%s=… adds a new one.".formatted(file, key));
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

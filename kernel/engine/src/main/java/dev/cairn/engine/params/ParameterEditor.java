package dev.cairn.engine.params;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.params.ParameterFile.Format;
import dev.cairn.engine.yaml.YamlEditor;
import dev.cairn.store.json.PythonJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Applies overrides to the text of a parameter file. What is not overridden keeps its bytes; an override without effect changes none. */
public final class ParameterEditor {
    private ParameterEditor() {}

    /**
     * The content with the overrides in effect.
     *
     * @param path of the file, for the format and for messages
     * @param content empty for a file that does not exist
     * @return the new content; equal to the old when no value changes
     */
    public static byte[] apply(String path, byte[] content, List<ParameterOverride> overrides) {
        Map<String, @Nullable Object> before = ParameterFile.parse(path, content);
        Map<String, @Nullable Object> after = before;
        for (ParameterOverride override : overrides) {
            after = override.applyTo(after);
        }
        after = resolveInterpolations(before, after);
        if (after.equals(before)) {
            return content;
        }
        String text = new String(content, StandardCharsets.UTF_8);
        String edited =
                switch (Format.of(path)) {
                    case YAML -> yaml(path, text, before, after);
                    case JSON -> PythonJson.dumps(after);
                    case TOML -> toml(path, text, before, after);
                    case PYTHON -> python(path, text, before, after);
                };
        return edited.getBytes(StandardCharsets.UTF_8);
    }

    private static String yaml(
            String path, String text, Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        YamlEditor editor = new YamlEditor(path, text);
        for (Change change : changes(before, after, true)) {
            if (change.isRemoval()) {
                editor.remove(change.key());
            } else {
                editor.set(change.key(), change.value());
            }
        }
        return editor.text();
    }

    private static String toml(
            String path, String text, Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        TomlEditor editor = new TomlEditor(path, text);
        for (Change change : changes(before, after, false)) {
            if (change.isRemoval()) {
                editor.remove(change.key());
            } else {
                editor.set(change.key(), change.value());
            }
        }
        return checked(path, editor.text(), after);
    }

    /** @param value null for a removal, too */
    private record Change(List<String> key, @Nullable Object value, boolean isRemoval) {}

    /** What to do for the values to be those. */
    private static List<Change> changes(Map<?, ?> before, Map<?, ?> after, boolean withItems) {
        List<Change> changes = new ArrayList<>();
        addChanges(List.of(), before, after, withItems, changes);
        return changes;
    }

    private static void addChanges(
            List<String> prefix, Map<?, ?> before, Map<?, ?> after, boolean withItems, List<Change> changes) {
        for (Object key : before.keySet()) {
            if (!after.containsKey(key)) {
                changes.add(new Change(plus(prefix, key), null, true));
            }
        }
        after.forEach((key, now) -> {
            Object old = before.get(key);
            if (before.containsKey(key) && Objects.equals(old, now)) {
                return;
            }
            List<String> path = plus(prefix, key);
            if (old instanceof Map<?, ?> a && now instanceof Map<?, ?> b && !a.isEmpty() && !b.isEmpty()) {
                addChanges(path, a, b, withItems, changes);
            } else if (withItems && old instanceof List<?> a && now instanceof List<?> b && a.size() == b.size()) {
                for (int i = 0; i < a.size(); i++) {
                    changes.add(new Change(plus(path, i), b.get(i), false));
                }
            } else {
                changes.add(new Change(path, now, false));
            }
        });
    }

    private static String checked(String path, String text, Map<String, @Nullable Object> wanted) {
        if (!ParameterFile.parse(path, text.getBytes(StandardCharsets.UTF_8)).equals(wanted)) {
            throw new EngineException(
                    "'%s' cannot be changed by an override in this way".formatted(path),
                    "Change single values that are there, or edit the file by hand.");
        }
        return text;
    }

    private static List<String> plus(List<String> prefix, Object key) {
        return java.util.stream.Stream.concat(prefix.stream(), java.util.stream.Stream.of(String.valueOf(key)))
                .toList();
    }

    /** Replaces the literal behind {@code name =}, at the top level or in the class that the dotted key names. */
    private static String python(
            String path, String text, Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>();
        leaves("", after, changed);
        Map<String, @Nullable Object> old = new LinkedHashMap<>();
        leaves("", before, old);
        String result = text;
        for (Map.Entry<String, @Nullable Object> leaf : changed.entrySet()) {
            if (!Objects.equals(old.get(leaf.getKey()), leaf.getValue())) {
                result = line(path, result, leaf.getKey(), leaf.getValue());
            }
        }
        return checked(path, result, after);
    }

    private static String line(String path, String text, String key, @Nullable Object value) {
        int dot = key.lastIndexOf('.');
        String name = key.substring(dot + 1);
        int from = dot < 0 ? 0 : classStart(text, key.substring(0, dot));
        Matcher matcher = Pattern.compile(
                        "(?m)^(\\s*(?:self\\.)?" + Pattern.quote(name)
                                + "\\s*(?::[^=\\n]+)?=\\s*)(\"[^\"\\n]*\"|'[^'\\n]*'|\\[[^\\]]*\\]|[^#\\n]*?)([ \\t]*(?:#.*)?)$")
                .matcher(text);
        if (!matcher.find(from)) {
            throw new InvalidFileException(
                    "the line of '%s' was not found in '%s'".formatted(key, path), "Edit the file by hand.");
        }
        return text.substring(0, matcher.start(2)) + literal(value) + text.substring(matcher.end(2));
    }

    private static int classStart(String text, String name) {
        Matcher matcher =
                Pattern.compile("(?m)^class\\s+" + Pattern.quote(name) + "\\b").matcher(text);
        return matcher.find() ? matcher.end() : text.length();
    }

    private static String literal(@Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value == null) {
            return "None";
        }
        return value instanceof String text
                ? "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
                : PythonJson.dumps(value);
    }

    private static void leaves(String prefix, Map<?, ?> map, Map<String, @Nullable Object> out) {
        map.forEach((k, v) -> {
            String name = prefix.isEmpty() ? String.valueOf(k) : prefix + "." + k;
            if (v instanceof Map<?, ?> nested) {
                leaves(name, nested, out);
            } else {
                out.put(name, v);
            }
        });
    }

    /** A new value that is {@code ${name}} becomes the value of that name. */
    private static Map<String, @Nullable Object> resolveInterpolations(
            Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        Map<String, @Nullable Object> old = new LinkedHashMap<>();
        leaves("", before, old);
        Map<String, @Nullable Object> leaves = new LinkedHashMap<>();
        leaves("", after, leaves);
        leaves.entrySet().removeIf(leaf -> leaf.getValue() == null);
        Map<String, @Nullable Object> out = after;
        for (Map.Entry<String, @Nullable Object> leaf : leaves.entrySet()) {
            if (leaf.getValue() instanceof String text
                    && text.startsWith("${")
                    && text.endsWith("}")
                    && !text.equals(old.get(leaf.getKey()))) {
                String name = text.substring(2, text.length() - 1);
                if (leaves.containsKey(name)) {
                    out = new ParameterOverride(
                                    ParameterFile.DEFAULT,
                                    ParameterOverride.Operation.CHANGE,
                                    List.of(leaf.getKey().split("\\.")),
                                    leaves.get(name),
                                    true)
                            .applyTo(out);
                }
            }
        }
        return out;
    }
}

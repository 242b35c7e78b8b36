package dev.cairn.engine.hydra;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.store.json.PythonJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts values in place of {@code ${name}}: another value by its path from the top, by its path from here ({@code ${.name}}), or a
 * variable of the environment ({@code ${oc.env:NAME,default}}).
 */
final class Interpolations {
    private static final String MISSING = "???";

    private final Map<String, @Nullable Object> root;
    private final Function<String, Optional<String>> environment;
    private final Set<String> open = new LinkedHashSet<>();

    Interpolations(Map<String, @Nullable Object> root, Function<String, Optional<String>> environment) {
        this.root = root;
        this.environment = environment;
    }

    /** The values with everything put in. */
    Map<String, @Nullable Object> resolve() {
        Map<String, @Nullable Object> resolved = new LinkedHashMap<>();
        root.forEach((key, value) -> resolved.put(key, value(value, List.of(key))));
        return resolved;
    }

    private @Nullable Object value(@Nullable Object value, List<String> path) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> resolved = new LinkedHashMap<>();
            map.forEach((key, item) -> resolved.put(String.valueOf(key), value(item, plus(path, String.valueOf(key)))));
            return resolved;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> resolved = new ArrayList<>();
            for (Object item : list) {
                resolved.add(value(item, plus(path, String.valueOf(resolved.size()))));
            }
            return resolved;
        }
        return value instanceof String text && text.contains("${") ? text(text, path) : value;
    }

    private static List<String> plus(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    /** A text that is one reference has that value's type; else the values stand in the text as Python prints them. */
    private @Nullable Object text(String text, List<String> path) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int start = text.indexOf("${", at);
            if (start < 0) {
                break;
            }
            if (start > 0 && text.charAt(start - 1) == '\\') {
                out.append(text, at, start - 1).append("${");
                at = start + 2;
                continue;
            }
            int end = end(text, start, path);
            Object value = reference(text.substring(start + 2, end), path);
            if (start == 0 && end == text.length() - 1) {
                return value;
            }
            out.append(text, at, start).append(python(value));
            at = end + 1;
        }
        return out.append(text.substring(at)).toString();
    }

    private static int end(String text, int start, List<String> path) {
        int depth = 0;
        for (int i = start; i < text.length(); i++) {
            if (text.startsWith("${", i)) {
                depth++;
            } else if (text.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        throw new EngineException(
                "'%s' of '%s' has a ${ without its }".formatted(text, String.join(".", path)), "Close the brace.");
    }

    private @Nullable Object reference(String written, List<String> path) {
        String inner = written.contains("${") ? python(text(written, path)) : written;
        int colon = inner.indexOf(':');
        if (colon >= 0) {
            return resolver(inner.substring(0, colon).strip(), inner.substring(colon + 1), path);
        }
        String name = inner.strip().replace("[", ".").replace("]", "");
        List<String> target = new ArrayList<>();
        if (name.startsWith(".")) {
            int up = 0;
            while (up < name.length() && name.charAt(up) == '.') {
                up++;
            }
            target.addAll(path.subList(0, Math.max(0, path.size() - up)));
            name = name.substring(up);
        }
        target.addAll(List.of(name.split("\\.", -1)));
        return node(target, inner, path);
    }

    private @Nullable Object node(List<String> target, String written, List<String> path) {
        Object node = root;
        for (String name : target) {
            if (node instanceof Map<?, ?> map && map.containsKey(name)) {
                node = map.get(name);
            } else if (node instanceof List<?> list
                    && name.matches("\\d{1,6}")
                    && Integer.parseInt(name) < list.size()) {
                node = list.get(Integer.parseInt(name));
            } else {
                throw new UnknownNameException(
                        "Interpolation key '%s' not found%n    full_key: %s".formatted(written, String.join(".", path)),
                        "Name a value of the configuration by its path from the top.");
            }
        }
        String key = String.join(".", target);
        if (MISSING.equals(node)) {
            throw new UnknownNameException(
                    "'%s' refers to '%s', which has no value yet".formatted(String.join(".", path), key),
                    "Give it one: -S %s=VALUE.".formatted(key));
        }
        if (!open.add(key)) {
            throw new EngineException(
                    "Recursive interpolation detected: %s -> %s".formatted(String.join(" -> ", open), key),
                    "Give one of them a value of its own.");
        }
        Object resolved = value(node, target);
        open.remove(key);
        return resolved;
    }

    private @Nullable Object resolver(String name, String arguments, List<String> path) {
        if (!name.equals("oc.env")) {
            throw new EngineException(
                    "Unsupported interpolation type %s%n    full_key: %s".formatted(name, String.join(".", path)),
                    "Known here are ${name}, ${.name} and ${oc.env:NAME,default}.");
        }
        String[] parts = arguments.split(",", 2);
        Optional<String> found = environment.apply(parts[0].strip());
        if (found.isPresent()) {
            return found.get();
        }
        if (parts.length < 2) {
            throw new UnknownNameException(
                    "Environment variable '%s' not found%n    full_key: %s"
                            .formatted(parts[0].strip(), String.join(".", path)),
                    "Set it, or write a default: ${oc.env:%s,default}.".formatted(parts[0].strip()));
        }
        String other = parts[1].strip();
        boolean quoted = other.length() > 1 && "'\"".indexOf(other.charAt(0)) >= 0;
        return other.equals("null") ? null : quoted ? other.substring(1, other.length() - 1) : other;
    }

    private static String python(@Nullable Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof Double number) {
            return number.isInfinite() ? (number > 0 ? "inf" : "-inf") : PythonJson.repr(number);
        }
        return String.valueOf(value);
    }
}

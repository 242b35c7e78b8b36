package dev.cairn.engine.pipeline;

import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.store.json.PythonJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces references (a name in braces behind a dollar sign) in the values of a dvc.yaml. Behind a backslash they stay as they are, and
 * so does what is not closed. Text forms are Python's, since that is what DVC locks.
 */
final class Interpolator {
    private static final Pattern REFERENCE = Pattern.compile("(\\\\)?\\$\\{([^{}]*)}");
    private static final Pattern NAME = Pattern.compile("\\s*[\\w.\\-]+(?:\\[[^\\[\\]]+]|\\.[\\w\\-]+)*\\s*");

    private final String file;
    private final Map<String, @Nullable Object> values;

    /**
     * Resolves with these values.
     *
     *
     * @param file for messages
     */
    Interpolator(String file, Map<String, @Nullable Object> values) {
        this.file = file;
        this.values = values;
    }

    /** With more values in reach; inner ones may not redefine outer ones, which the caller has checked. */
    Interpolator with(Map<String, ? extends @Nullable Object> more) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>(values);
        merged.putAll(more);
        return new Interpolator(file, merged);
    }

    /**
     * Resolves every text inside a value.
     *
     *
     * @param place for messages, as in {@code stages.train.cmd}
     */
    @Nullable
    Object resolve(@Nullable Object value, String place) {
        if (value instanceof String text) {
            return resolveText(text, place);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> out = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                out.add(resolve(list.get(i), place + "." + i));
            }
            return out;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> out = new LinkedHashMap<>();
            map.forEach((k, v) -> {
                Object key = resolveText(String.valueOf(k), place);
                out.put(String.valueOf(key), resolve(v, place + "." + k));
            });
            return out;
        }
        return value;
    }

    private @Nullable Object resolveText(String text, String place) {
        Matcher whole = REFERENCE.matcher(text);
        if (whole.matches() && whole.group(1) == null) {
            Object value = lookUp(whole.group(2), text, place);
            boolean isCommand = place.endsWith(".cmd") || place.matches(".*\\.cmd\\.\\d+");
            boolean isForeach = place.endsWith(".foreach");
            if (value instanceof Map<?, ?> map && isCommand) {
                return flags(map, place);
            }
            if ((value instanceof Map<?, ?> || value instanceof List<?>) && !isForeach) {
                throw composite(value, place);
            }
            return isCommand ? pythonText(value) : value;
        }
        return inText(text, place);
    }

    private String inText(String text, String place) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String replacement;
            if (matcher.group(1) != null) {
                replacement = matcher.group().substring(1);
            } else {
                Object value = lookUp(matcher.group(2), text, place);
                boolean isCommand = place.endsWith(".cmd") || place.matches(".*\\.cmd\\.\\d+");
                if (value instanceof Map<?, ?> map && isCommand) {
                    replacement = flags(map, place);
                } else if (value instanceof Map<?, ?> || value instanceof List<?>) {
                    throw composite(value, place);
                } else {
                    replacement = pythonText(value);
                }
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(replacement));
        }
        matcher.appendTail(out);
        return out.toString();
    }

    private InvalidFileException composite(Object value, String place) {
        return new InvalidFileException(
                "failed to parse '%s' in '%s':\nCannot interpolate data of type '%s'"
                        .formatted(place, file, value instanceof List<?> ? "list" : "dict"),
                "Name a single value.");
    }

    private @Nullable Object lookUp(String reference, String text, String place) {
        if (!NAME.matcher(reference).matches()) {
            throw new InvalidFileException(
                    "failed to parse '%s' in '%s':\n%s\n  ^\nParseException: Expected a name, found '%s'"
                            .formatted(place, file, text, reference),
                    "Write ${name}, ${name.key} or ${name[0]}; \\${ stands for itself.");
        }
        Object value = values;
        StringBuilder path = new StringBuilder();
        for (String key : reference.strip().replace("]", "").replace("[", ".").split("\\.", -1)) {
            path.append(path.length() == 0 ? "" : ".").append(key);
            if (value instanceof Map<?, ?> map && map.containsKey(key)) {
                value = map.get(key);
            } else if (value instanceof List<?> list
                    && key.matches("\\d{1,9}")
                    && Integer.parseInt(key) < list.size()) {
                value = list.get(Integer.parseInt(key));
            } else {
                throw new InvalidFileException(
                        "failed to parse '%s' in '%s': Could not find '%s'".formatted(place, file, path),
                        "Define it in params.yaml or under vars.");
            }
        }
        return value;
    }

    static String pythonText(@Nullable Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Double number) {
            return PythonJson.repr(number);
        }
        return String.valueOf(value);
    }

    /** A map in a command becomes flags: {@code --a 1 --b.c 2 --flag --list 1 2}. */
    private String flags(Map<?, ?> map, String place) {
        List<String> parts = new ArrayList<>();
        collectFlags("", map, parts, place);
        return String.join(" ", parts);
    }

    private void collectFlags(String prefix, Map<?, ?> map, List<String> parts, String place) {
        map.forEach((key, value) -> {
            String name = prefix + key;
            if (value instanceof Map<?, ?> nested) {
                collectFlags(name + ".", nested, parts, place);
            } else if (value instanceof List<?> list) {
                if (!list.isEmpty()) {
                    parts.add("--" + name);
                    for (Object item : list) {
                        if (item instanceof Map<?, ?> || item instanceof List<?>) {
                            throw new InvalidFileException(
                                    "failed to parse '%s' in '%s': Cannot interpolate nested iterable in '%s'"
                                            .formatted(place, file, name),
                                    "Use a list of single values.");
                        }
                        parts.add(shellQuote(pythonText(item)));
                    }
                }
            } else if (Boolean.TRUE.equals(value)) {
                parts.add("--" + name);
            } else if (!Boolean.FALSE.equals(value)) {
                parts.add("--" + name);
                parts.add(shellQuote(pythonText(value)));
            }
        });
    }

    /** As Python's {@code shlex.quote}. */
    static String shellQuote(String text) {
        if (!text.isEmpty() && text.matches("[\\w@%+=:,./-]+")) {
            return text;
        }
        return "'" + text.replace("'", "'\"'\"'") + "'";
    }
}

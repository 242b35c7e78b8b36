package dev.cairn.engine.pipeline;

import dev.cairn.engine.project.ParsingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a map in a command as options: {@code --a 1 --b.c 2 --flag --list 1 2}. */
record FlagWriter(ParsingOptions options) {
    /** A list in a list has no form as options. */
    static final class NestedListException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NestedListException(String name) {
            super("Cannot interpolate nested iterable in '%s'".formatted(name), null, false, false);
        }
    }

    String write(Map<?, ?> map) {
        List<String> parts = new ArrayList<>();
        collect("", map, parts);
        return String.join(" ", parts);
    }

    private void collect(String prefix, Map<?, ?> map, List<String> parts) {
        map.forEach((key, value) -> {
            String name = prefix + key;
            if (value instanceof Map<?, ?> nested) {
                collect(name + ".", nested, parts);
            } else if (value instanceof List<?> list) {
                items(name, list, parts);
            } else if (value instanceof Boolean isSet) {
                if (isSet) {
                    parts.add("--" + name);
                } else if (options.negatesFalse()) {
                    parts.add("--no-" + name);
                }
            } else {
                parts.add("--" + name);
                parts.add(argument(value));
            }
        });
    }

    private void items(String name, List<?> list, List<String> parts) {
        boolean isFirst = true;
        for (Object item : list) {
            if (item instanceof Map<?, ?> || item instanceof List<?>) {
                throw new NestedListException(name);
            }
            if (isFirst || options.repeatsLists()) {
                parts.add("--" + name);
            }
            isFirst = false;
            parts.add(argument(item));
        }
    }

    private static String argument(@Nullable Object value) {
        if (value instanceof String text) {
            return shellQuote(text);
        }
        if (value instanceof Boolean isTrue) {
            return isTrue ? "True" : "False";
        }
        return Interpolator.pythonText(value);
    }

    /** As Python's {@code shlex.quote}. */
    static String shellQuote(String text) {
        if (!text.isEmpty() && text.matches("[\\w@%+=:,./-]+")) {
            return text;
        }
        return "'" + text.replace("'", "'\"'\"'") + "'";
    }
}

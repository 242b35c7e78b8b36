package dev.cairn.engine.params;

import dev.cairn.store.json.PythonJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values of overrides as they are typed, and as they are meant. */
final class OverrideText {
    private static final String SPECIAL = "\\()[]{}:=, \t";

    private OverrideText() {}

    /** As Hydra writes a value that it read: without needless spaces, numbers as Python writes them. */
    static String of(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof QuotedText quoted) {
            return quoted.typed();
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof Double number) {
            return python(number);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(OverrideText::of).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(e -> of(e.getKey()) + ":" + of(e.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        StringBuilder out = new StringBuilder();
        String text = value.toString();
        for (int i = 0; i < text.length(); i++) {
            char ch = text.charAt(i);
            if (SPECIAL.indexOf(ch) >= 0) {
                out.append('\\');
            }
            out.append(ch);
        }
        return out.toString();
    }

    /** Python's {@code str} of a number with a fraction. */
    static String python(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        return PythonJson.repr(number);
    }

    /** The value without what tells how it was typed; keys of maps are text. */
    static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof QuotedText quoted) {
            return quoted.text();
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> plain = new ArrayList<>();
            list.forEach(item -> plain.add(plain(item)));
            return plain;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            map.forEach((key, item) -> plain.put(String.valueOf(plain(key)), plain(item)));
            return plain;
        }
        return value;
    }
}

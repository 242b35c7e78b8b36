package dev.cairn.live;

import java.util.Map;
import java.util.StringJoiner;

/** Writes nested maps of numbers as JSON, laid out as Python's {@code json.dump(…, indent=4)} does. */
final class JsonText {
    private JsonText() {}

    static String of(Map<String, Object> object) {
        return object(object, "");
    }

    private static String object(Map<?, ?> object, String indent) {
        if (object.isEmpty()) {
            return "{}";
        }
        String inner = indent + "    ";
        var members = new StringJoiner(",\n", "{\n", "\n" + indent + "}");
        object.forEach((key, value) -> members.add(inner + string(String.valueOf(key)) + ": " + value(value, inner)));
        return members.toString();
    }

    private static String value(Object value, String indent) {
        if (value instanceof Map<?, ?> map) {
            return object(map, indent);
        }
        return value instanceof Number number ? NumberText.json(number) : string(String.valueOf(value));
    }

    static String string(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(c < ' ' || c > '~' ? "\\u%04x".formatted((int) c) : c);
            }
        }
        return quoted.append('"').toString();
    }
}

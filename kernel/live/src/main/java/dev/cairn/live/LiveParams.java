package dev.cairn.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The parameters of a run as YAML. Those of an earlier run are kept as the lines they were, since nothing here needs their values. */
final class LiveParams {
    // What a reader of YAML 1.1 or 1.2 takes as text without quotes; everything else is quoted.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*");
    private static final Pattern OTHER_TYPE =
            Pattern.compile("(?i)null|true|false|yes|no|on|off|y|n|nan|inf|[-+.~].*|0o?x?[0-9a-f_]*");

    private final Map<String, String> lines = new LinkedHashMap<>();

    private LiveParams() {}

    static LiveParams empty() {
        return new LiveParams();
    }

    static LiveParams read(Path file) throws IOException {
        var params = new LiveParams();
        if (!Files.exists(file)) {
            return params;
        }
        String key = "";
        for (String line : Files.readAllLines(file)) {
            boolean opensEntry = !line.isEmpty() && " -#".indexOf(line.charAt(0)) < 0 && line.contains(":");
            if (opensEntry) {
                key = line.substring(0, line.indexOf(':'));
            }
            params.lines.merge(key, line + "\n", String::concat);
        }
        return params;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    void put(String name, Object value) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name of a parameter is blank.");
        }
        lines.put(scalar(name), entry(scalar(name), value, "", name));
    }

    String text() {
        return String.join("", lines.values());
    }

    private static String entry(String key, Object value, String indent, String name) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            var text = new StringBuilder(indent + key + ":\n");
            map.forEach((inner, v) -> text.append(entry(scalar(String.valueOf(inner)), v, indent + "  ", name)));
            return text.toString();
        }
        if (value instanceof List<?> list && !list.isEmpty()) {
            var text = new StringBuilder(indent + key + ":\n");
            list.forEach(item -> text.append(indent + "- " + flow(item, name) + "\n"));
            return text.toString();
        }
        return indent + key + ": " + flow(value, name) + "\n";
    }

    private static String flow(Object value, String name) {
        if (value instanceof Number number) {
            return NumberText.yaml(number);
        }
        if (value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof CharSequence || value instanceof Enum) {
            return scalar(value.toString());
        }
        if (value instanceof List<?> list) {
            return "["
                    + String.join(
                            ", ", list.stream().map(item -> flow(item, name)).toList()) + "]";
        }
        if (value instanceof Map<?, ?> map) {
            return "{"
                    + String.join(
                            ", ",
                            map.entrySet().stream()
                                    .map(e -> scalar(String.valueOf(e.getKey())) + ": " + flow(e.getValue(), name))
                                    .toList())
                    + "}";
        }
        throw new IllegalArgumentException(
                "Parameter '" + name + "' has a value of " + value.getClass().getName()
                        + ", which YAML has no form for: use a string, boolean, number, or a list or map of those.");
    }

    private static String scalar(String text) {
        if (PLAIN.matcher(text).matches() && !OTHER_TYPE.matcher(text).matches()) {
            return text;
        }
        boolean isPrintable = text.chars().allMatch(c -> c >= ' ' && c != 0x7f);
        return isPrintable ? "'" + text.replace("'", "''") + "'" : JsonText.string(text);
    }
}

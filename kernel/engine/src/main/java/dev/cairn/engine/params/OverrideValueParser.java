package dev.cairn.engine.params;

import dev.cairn.engine.error.EngineException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the value of an override: Hydra's grammar of quoted text, numbers, booleans, null, lists, maps, casts and bare text. */
final class OverrideValueParser {
    private static final Pattern INTEGER = Pattern.compile("[+-]?(?:0|[1-9](?:_?\\d)*)");
    private static final Pattern FLOAT =
            Pattern.compile("[+-]?(?:(?:\\d(?:_?\\d)*)?\\.\\d(?:_?\\d)*|\\d(?:_?\\d)*\\.?)(?:[eE][+-]?\\d(?:_?\\d)*)?");
    private static final Pattern CAST = Pattern.compile("(int|float|str|bool|json_str)\\((.*)\\)");
    private static final Pattern SWEEP = Pattern.compile("(choice|range|interval|glob|sort|shuffle|tag)\\(.*\\)");

    private final String override;
    private final String text;
    private int at;

    OverrideValueParser(String override, String text) {
        this.override = override;
        this.text = text;
    }

    @Nullable
    Object parse() {
        if (text.isEmpty()) {
            return "";
        }
        String trimmed = text.strip();
        if (SWEEP.matcher(trimmed).matches()) {
            throw sweep();
        }
        Matcher cast = CAST.matcher(trimmed);
        if (cast.matches()) {
            return cast(cast.group(1), new OverrideValueParser(override, cast.group(2)).parse());
        }
        Object value = value("");
        skipBlanks();
        if (at < text.length()) {
            throw text.charAt(at) == ',' ? sweep() : unexpected();
        }
        return value;
    }

    private EngineException sweep() {
        return new EngineException(
                "Sweep overrides can't be used without `--queue`",
                "Queue the sweep with `exp run --queue -S %s`, or write a comma that belongs to the text as `\\,`."
                        .formatted(override));
    }

    private @Nullable Object value(String stops) {
        skipBlanks();
        if (at >= text.length()) {
            throw unexpected();
        }
        char ch = text.charAt(at);
        if (ch == '[') {
            return list();
        }
        if (ch == '{') {
            return map();
        }
        if (ch == '\'' || ch == '"') {
            return quoted(ch);
        }
        return primitive(bare(stops));
    }

    private List<@Nullable Object> list() {
        List<@Nullable Object> items = new ArrayList<>();
        at++;
        skipBlanks();
        while (!ends(']')) {
            items.add(value("]"));
            separator(']');
        }
        at++;
        return items;
    }

    private Map<String, @Nullable Object> map() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        at++;
        skipBlanks();
        while (!ends('}')) {
            Object key = value(":}");
            skipBlanks();
            if (!ends(':')) {
                throw unexpected();
            }
            at++;
            map.put(String.valueOf(key), value("}"));
            separator('}');
        }
        at++;
        return map;
    }

    private boolean ends(char close) {
        if (at >= text.length()) {
            throw unexpected();
        }
        return text.charAt(at) == close;
    }

    private void separator(char close) {
        skipBlanks();
        if (!ends(close)) {
            if (text.charAt(at) != ',') {
                throw unexpected();
            }
            at++;
            skipBlanks();
        }
    }

    private String quoted(char quote) {
        StringBuilder out = new StringBuilder();
        at++;
        while (!ends(quote)) {
            if (text.charAt(at) == '\\' && at + 1 < text.length() && text.charAt(at + 1) == quote) {
                at++;
            }
            out.append(text.charAt(at++));
        }
        at++;
        return out.toString();
    }

    /** Text without quotes: to the next comma or closing bracket; a backslash takes the next character as it is. */
    private String bare(String stops) {
        StringBuilder out = new StringBuilder();
        while (at < text.length() && text.charAt(at) != ',' && stops.indexOf(text.charAt(at)) < 0) {
            char ch = text.charAt(at);
            if (ch == '\\' && at + 1 < text.length()) {
                out.append(text.charAt(at + 1));
                at += 2;
                continue;
            }
            if (ch == '$' && text.startsWith("${", at)) {
                int end = text.indexOf('}', at);
                if (end < 0) {
                    throw unexpected();
                }
                out.append(text, at, end + 1);
                at = end + 1;
                continue;
            }
            if ("=#()[]{}~".indexOf(ch) >= 0 || ch > 0x7F) {
                throw unexpected();
            }
            out.append(ch);
            at++;
        }
        return out.toString().strip();
    }

    private static @Nullable Object primitive(String text) {
        switch (text.toLowerCase(Locale.ROOT)) {
            case "true":
                return true;
            case "false":
                return false;
            case "null":
                return null;
            case "inf", "+inf":
                return Double.POSITIVE_INFINITY;
            case "-inf":
                return Double.NEGATIVE_INFINITY;
            case "nan":
                return Double.NaN;
            default:
                break;
        }
        if (INTEGER.matcher(text).matches()) {
            BigInteger number = new BigInteger(text.replace("_", ""));
            return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
        }
        return FLOAT.matcher(text).matches() && isFloat(text) ? Double.parseDouble(text.replace("_", "")) : text;
    }

    /** {@code 007} is text; {@code 1.}, {@code .5} and {@code 1e3} are numbers. */
    private static boolean isFloat(String text) {
        return text.indexOf('.') >= 0 || text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
    }

    private @Nullable Object cast(String type, @Nullable Object value) {
        String shown = value == null ? "null" : value.toString();
        try {
            return switch (type) {
                case "int" -> value instanceof Number number ? number.longValue() : Long.parseLong(shown);
                case "float" -> value instanceof Number number ? number.doubleValue() : Double.parseDouble(shown);
                case "bool" -> value instanceof Number number ? number.doubleValue() != 0 : Boolean.parseBoolean(shown);
                default -> shown;
            };
        } catch (NumberFormatException e) {
            throw ParameterOverride.invalid(override, "'%s' cannot be made a %s".formatted(shown, type));
        }
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private EngineException unexpected() {
        return ParameterOverride.invalid(
                override,
                at >= text.length()
                        ? "the value ends too early"
                        : "unexpected '%s' at character %d of the value".formatted(text.substring(at, at + 1), at + 1));
    }
}

package dev.cairn.engine.params;

import dev.cairn.engine.error.EngineException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the value of an override in Hydra's grammar: quoted text, numbers, booleans, null, lists, maps, functions, bare text, and a
 * choice of several. One object a value.
 */
final class OverrideGrammar {
    private static final String WHOLE = "(?:0|[1-9](?:_?\\d)*)";
    private static final String POINT = "(?:(?:" + WHOLE + ")?\\.\\d(?:_?\\d)*|" + WHOLE + "\\.)";
    private static final Pattern INTEGER = Pattern.compile("[+-]?" + WHOLE);
    private static final Pattern FLOAT =
            Pattern.compile("[+-]?(?:" + POINT + "|(?:" + POINT + "|" + WHOLE + ")[eE][+-]?\\d(?:_?\\d)*)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w-]*");

    private static final String ESCAPED = "\\()[]{}:=, \t";
    private static final String BARE = "/-\\+.$%*@?|_";

    private final String override;
    private final String text;
    private int at;

    private OverrideGrammar(String override, String text) {
        this.override = override;
        this.text = text;
    }

    /**
     * The value: null, a Boolean, a number, text, a {@link QuotedText}, a list, a map, or an {@link OverrideSweep}.
     *
     * @param override as typed, for messages
     * @param text what stands behind the equals sign
     * @throws EngineException when it does not follow the grammar
     */
    static @Nullable Object parse(String override, String text) {
        String value = text.replaceFirst("^[ \t]+", "");
        return value.isEmpty() ? "" : new OverrideGrammar(override, value).value();
    }

    private @Nullable Object value() {
        List<@Nullable Object> elements = new ArrayList<>();
        elements.add(element());
        while (skip(',')) {
            elements.add(element());
        }
        if (at < text.length()) {
            throw unexpected();
        }
        return elements.size() == 1 ? elements.get(0) : OverrideSweep.Choice.simple(elements);
    }

    private @Nullable Object element() {
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
        return bareOrCall();
    }

    /** Whether the sign comes next; it and the blanks around it are passed then. */
    private boolean skip(char sign) {
        int next = blanks(at);
        if (next >= text.length() || text.charAt(next) != sign) {
            return false;
        }
        at = blanks(next + 1);
        return true;
    }

    private int blanks(int from) {
        int next = from;
        while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\t')) {
            next++;
        }
        return next;
    }

    /** Passes a closing bracket; the blanks behind it belong to what follows. */
    private void close(char sign) {
        int next = blanks(at);
        if (next >= text.length() || text.charAt(next) != sign) {
            at = next;
            throw unexpected();
        }
        at = next + 1;
    }

    private boolean isClosing(char sign) {
        int next = blanks(at);
        return next < text.length() && text.charAt(next) == sign;
    }

    private List<@Nullable Object> list() {
        List<@Nullable Object> items = new ArrayList<>();
        skip('[');
        if (!isClosing(']')) {
            do {
                items.add(element());
            } while (skip(','));
        }
        close(']');
        return items;
    }

    private Map<@Nullable Object, @Nullable Object> map() {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        skip('{');
        if (!isClosing('}')) {
            do {
                Object key = primitive(bare(false));
                if (!skip(':')) {
                    throw unexpected();
                }
                map.put(key, element());
            } while (skip(','));
        }
        close('}');
        return map;
    }

    private @Nullable Object bareOrCall() {
        int from = at;
        Bare bare = bare(true);
        if (NAME.matcher(bare.typed().strip()).matches() && skip('(')) {
            return call(bare.typed().strip());
        }
        if (bare.typed().isBlank()) {
            at = Math.max(from, at);
            throw unexpected();
        }
        return primitive(bare);
    }

    private @Nullable Object call(String name) {
        List<@Nullable Object> arguments = new ArrayList<>();
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        if (!isClosing(')')) {
            do {
                argument(arguments, named);
            } while (skip(','));
        }
        close(')');
        return new OverrideFunctions(override).call(name, arguments, named);
    }

    private void argument(List<@Nullable Object> arguments, Map<String, @Nullable Object> named) {
        int from = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "_-".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String name = text.substring(from, at);
        if (NAME.matcher(name).matches() && skip('=')) {
            named.put(name, element());
            return;
        }
        at = from;
        if (!named.isEmpty()) {
            throw ParameterOverride.invalid(override, "positional argument follows keyword argument");
        }
        arguments.add(element());
    }

    /** Backslashes count only before a quote or at the end: half of them stay. */
    private QuotedText quoted(char quote) {
        StringBuilder out = new StringBuilder();
        at++;
        while (true) {
            int backslashes = 0;
            while (at < text.length() && text.charAt(at) == '\\') {
                backslashes++;
                at++;
            }
            if (at >= text.length()) {
                throw unexpected();
            }
            char ch = text.charAt(at++);
            if (ch != quote) {
                out.append("\\".repeat(backslashes)).append(ch);
                continue;
            }
            out.append("\\".repeat(backslashes / 2));
            if (backslashes % 2 == 0) {
                return new QuotedText(out.toString(), quote);
            }
            out.append(quote);
        }
    }

    /**
     * Text without quotes.
     *
     * @param typed the whole of it
     * @param meant without the backslashes that escape, and without blanks around it
     */
    private record Bare(String typed, String meant) {}

    private Bare bare(boolean isValue) {
        int from = at;
        StringBuilder meant = new StringBuilder();
        int kept = 0;
        while (at < text.length()) {
            char ch = text.charAt(at);
            if (ch == '\\' && at + 1 < text.length() && ESCAPED.indexOf(text.charAt(at + 1)) >= 0) {
                meant.append(text.charAt(at + 1));
                at += 2;
                kept = meant.length();
            } else if (isValue && text.startsWith("${", at)) {
                int end = text.indexOf('}', at);
                if (end < 0) {
                    throw unexpected();
                }
                meant.append(text, at, end + 1);
                at = end + 1;
                kept = meant.length();
            } else if (isBare(ch) || isValue && ch == ':') {
                meant.append(ch);
                at++;
                kept = meant.length();
            } else if (ch == ' ' || ch == '\t') {
                if (!meant.isEmpty()) {
                    meant.append(ch);
                }
                at++;
            } else {
                break;
            }
        }
        meant.setLength(kept);
        return new Bare(text.substring(from, at), meant.toString());
    }

    private static boolean isBare(char ch) {
        return ch < 0x80 && Character.isLetterOrDigit(ch) || BARE.indexOf(ch) >= 0;
    }

    private static @Nullable Object primitive(Bare bare) {
        String typed = bare.typed().strip();
        switch (typed.toLowerCase(Locale.ROOT)) {
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
            case "nan", "+nan", "-nan":
                return Double.NaN;
            default:
                break;
        }
        if (INTEGER.matcher(typed).matches()) {
            BigInteger number = new BigInteger(typed.replace("_", ""));
            return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
        }
        return FLOAT.matcher(typed).matches() ? (Object) Double.parseDouble(typed.replace("_", "")) : bare.meant();
    }

    private EngineException unexpected() {
        return ParameterOverride.invalid(
                override,
                at >= text.length()
                        ? "the value ends too early"
                        : "unexpected '%s' at character %d of the value".formatted(text.substring(at, at + 1), at + 1));
    }
}

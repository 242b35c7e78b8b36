package dev.cairn.engine.yaml;

import dev.cairn.store.json.PythonJson;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as the YAML that DVC 2.x writes, byte for byte: block style, indent 2, list dashes under their key, width 80. The rules
 * of quoting and folding are those of ruamel.yaml's round-trip emitter.
 */
public final class YamlWriter {
    private static final int WIDTH = 80;
    private static final int STEP = 2;
    private static final String SPACES_AND_BREAKS = "\0 \t\r\n\u0085\u2028\u2029";
    private static final Pattern TIMESTAMP = Pattern.compile("\\d{4}-\\d\\d-\\d\\d|\\d{4}-\\d\\d?-\\d\\d?"
            + "(?:[Tt]|[ \\t]+)\\d\\d?:\\d\\d:\\d\\d(?:\\.\\d*)?(?:[ \\t]*(?:Z|[-+]\\d\\d?(?::\\d\\d)?))?");

    /** What YAML 1.1 reads as a boolean or a number, and YAML 1.2 as text. */
    private static final Pattern YAML_1_1 = Pattern.compile(
            "[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|(?i:[+-]?(?:nan|inf|infinity))|[+-]?\\.?\\d[\\d_.]*(?:[eE][-+]?\\d+)?");

    private final StringBuilder out = new StringBuilder();
    private final boolean isExplicit;
    private int column;

    private YamlWriter() {
        this(false);
    }

    private YamlWriter(boolean isExplicit) {
        this.isExplicit = isExplicit;
    }

    /** A document whose top level is the map, with a final newline; {@code {}} and a newline when it is empty. */
    public static String write(Map<String, ? extends @Nullable Object> document) {
        YamlWriter writer = new YamlWriter();
        if (document.isEmpty()) {
            return "{}\n";
        }
        writer.mapping(document, 0, false);
        return writer.out.toString();
    }

    /** The same for readers of YAML 1.1, as OmegaConf writes it: null is a word, and text that such readers take for a value has quotes. */
    public static String writeExplicit(Map<String, ? extends @Nullable Object> document) {
        YamlWriter writer = new YamlWriter(true);
        if (document.isEmpty()) {
            return "{}\n";
        }
        writer.mapping(document, 0, false);
        return writer.out.toString();
    }

    /**
     * A piece of a document: {@code key: value} lines at the given indentation.
     *
     * @param indent number of spaces before each key
     */
    public static String entries(Map<String, ? extends @Nullable Object> map, int indent) {
        YamlWriter writer = new YamlWriter();
        writer.mapping(map, indent, false);
        return writer.out.toString();
    }

    /** List items, each behind a dash at the given indentation. */
    static String items(List<? extends @Nullable Object> list, int indent) {
        YamlWriter writer = new YamlWriter();
        writer.sequence(list, indent, false);
        return writer.out.toString();
    }

    /** One scalar as it stands behind a key at the given indentation; empty text for null. */
    static String scalar(@Nullable Object value, int indent, int column) {
        YamlWriter writer = new YamlWriter();
        writer.column = column;
        writer.scalar(value, indent + STEP, false);
        return writer.out.toString();
    }

    private void mapping(Map<?, ?> map, int indent, boolean firstIsInline) {
        boolean inline = firstIsInline;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!inline) {
                spaces(indent);
            }
            inline = false;
            scalar(String.valueOf(entry.getKey()), indent + STEP, true);
            put(":");
            value(entry.getValue(), indent);
        }
    }

    private void value(@Nullable Object value, int indent) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            newLine();
            mapping(map, indent + STEP, false);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            newLine();
            sequence(list, indent, false);
        } else {
            if (value != null || isExplicit) {
                put(" ");
            }
            scalar(value, indent + STEP, false);
            newLine();
        }
    }

    private void sequence(List<?> list, int indent, boolean firstIsInline) {
        boolean inline = firstIsInline;
        for (Object item : list) {
            if (!inline) {
                spaces(indent);
            }
            inline = false;
            put("- ");
            if (item instanceof Map<?, ?> map && !map.isEmpty()) {
                mapping(map, indent + STEP, true);
            } else if (item instanceof List<?> nested && !nested.isEmpty()) {
                sequence(nested, indent + STEP, true);
            } else {
                scalar(item, indent + STEP, false);
                newLine();
            }
        }
    }

    private void scalar(@Nullable Object value, int indent, boolean isKey) {
        if (value == null) {
            put(isExplicit ? "null" : "");
        } else if (value instanceof Map<?, ?>) {
            put("{}");
        } else if (value instanceof List<?>) {
            put("[]");
        } else if (value instanceof String text) {
            text(text, indent, isKey);
        } else {
            put(literal(value));
        }
    }

    private String literal(Object value) {
        if (value instanceof Boolean || !(value instanceof Double || value instanceof Float)) {
            return value.toString();
        }
        double number = ((Number) value).doubleValue();
        if (Double.isNaN(number)) {
            return ".nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? ".inf" : "-.inf";
        }
        String shown = PythonJson.repr(number);
        return isExplicit && shown.matches("-?\\d+e.*") ? shown.replace("e", ".0e") : shown;
    }

    private void text(String text, int indent, boolean isKey) {
        Analysis analysis = Analysis.of(text);
        boolean readsAsText = !text.isEmpty()
                && YamlScalars.resolve(text) instanceof String
                && !TIMESTAMP.matcher(text).matches()
                && !text.equals("=")
                && !text.equals("<<")
                && !(isExplicit && YAML_1_1.matcher(text).matches());
        if (readsAsText && analysis.plain) {
            plain(text, indent, isKey);
        } else if (text.indexOf('\'') >= 0 || text.indexOf('\n') >= 0 || !analysis.singleQuoted) {
            doubleQuoted(text, indent, isKey);
        } else {
            singleQuoted(text, indent, isKey);
        }
    }

    private void plain(String text, int indent, boolean isKey) {
        int start = 0;
        int end = 0;
        boolean spaces = false;
        while (end <= text.length()) {
            int ch = end < text.length() ? text.charAt(end) : -1;
            if (spaces) {
                if (ch != ' ') {
                    space(text, start, end, indent, !isKey);
                    start = end;
                }
            } else if (ch == -1 || ch == ' ') {
                if (end - start > WIDTH && column > indent && !isKey) {
                    indentedLine(indent); // a word longer than a line gets one of its own
                }
                put(text.substring(start, end));
                start = end;
            }
            spaces = ch == ' ';
            end++;
        }
    }

    /** A run of spaces: a single one behind the width is where the line breaks. */
    private void space(String text, int start, int end, int indent, boolean split) {
        if (start + 1 == end && column > WIDTH && split) {
            indentedLine(indent);
        } else {
            put(text.substring(start, end));
        }
    }

    private void singleQuoted(String text, int indent, boolean isKey) {
        put("'");
        int start = 0;
        int end = 0;
        boolean spaces = false;
        while (end <= text.length()) {
            int ch = end < text.length() ? text.charAt(end) : -1;
            if (spaces) {
                if (ch != ' ') {
                    space(text, start, end, indent, !isKey && start != 0 && end != text.length());
                    start = end;
                }
            } else if (ch == -1 || ch == ' ') {
                put(text.substring(start, end));
                start = end;
            }
            spaces = ch == ' ';
            end++;
        }
        put("'");
    }

    private void doubleQuoted(String text, int indent, boolean isKey) {
        put("\"");
        int start = 0;
        int end = 0;
        while (end <= text.length()) {
            int ch = end < text.length() ? text.codePointAt(end) : -1;
            int size = ch < 0 ? 1 : Character.charCount(ch);
            if (ch == -1 || ch == '"' || ch == '\\' || !isPrintable(ch)) {
                put(text.substring(start, end));
                start = end;
                if (ch != -1) {
                    put(escape(ch));
                    start = end + size;
                }
            }
            if (0 < end
                    && end < text.length() - 1
                    && (ch == ' ' || start >= end)
                    && column + Math.max(0, end - start) > WIDTH
                    && !isKey) {
                start = breakQuoted(text, start, end, indent);
            }
            end += size;
        }
        put("\"");
    }

    private int breakQuoted(String text, int start, int end, int indent) {
        int space = text.indexOf(' ', end);
        boolean escaped = space < 0
                || space + 1 >= text.length()
                || text.substring(end, space).indexOf('"') >= 0
                || text.substring(end, space).indexOf('\'') >= 0
                || text.charAt(space + 1) == ' '
                || text.startsWith("  ", end - 1);
        put((start < end ? text.substring(start, end) : "") + (escaped ? "\\" : ""));
        int next = Math.max(start, end);
        indentedLine(indent);
        if (next < text.length() && text.charAt(next) == ' ') {
            if (escaped) {
                put("\\");
            } else {
                next++;
            }
        }
        return next;
    }

    private static boolean isPrintable(int ch) {
        return ch >= 0x20 && ch <= 0x7E
                || ch >= 0xA0 && ch <= 0xD7FF && ch != 0x2028 && ch != 0x2029
                || ch >= 0xE000 && ch <= 0xFFFD && ch != 0xFEFF
                || ch >= 0x10000;
    }

    private static String escape(int ch) {
        return switch (ch) {
            case 0 -> "\\0";
            case 7 -> "\\a";
            case '\b' -> "\\b";
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case 0x0B -> "\\v";
            case '\f' -> "\\f";
            case '\r' -> "\\r";
            case 0x1B -> "\\e";
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case 0x85 -> "\\N";
            default -> ch <= 0xFF
                    ? "\\x%02X".formatted(ch)
                    : ch <= 0xFFFF ? "\\u%04X".formatted(ch) : "\\U%08X".formatted(ch);
        };
    }

    private void put(String text) {
        out.append(text);
        column += text.codePointCount(0, text.length());
    }

    private void newLine() {
        out.append('\n');
        column = 0;
    }

    private void spaces(int count) {
        put(" ".repeat(count));
    }

    private void indentedLine(int indent) {
        newLine();
        spaces(indent);
    }

    /** Which styles a text may be written in, in block context. */
    private record Analysis(boolean plain, boolean singleQuoted) {
        static Analysis of(String text) {
            boolean indicators = text.startsWith("---") || text.startsWith("...");
            boolean special = false;
            boolean breaks = false;
            boolean spaceBreak = false;
            boolean breakSpace = false;
            char previous = '\n';
            for (int i = 0; i < text.length(); i++) {
                char ch = text.charAt(i);
                boolean spaceBefore = i == 0 || SPACES_AND_BREAKS.indexOf(previous) >= 0;
                boolean spaceAfter = i + 1 >= text.length() || SPACES_AND_BREAKS.indexOf(text.charAt(i + 1)) >= 0;
                indicators |= isIndicator(ch, i == 0, spaceBefore, spaceAfter);
                boolean isBreak = ch == '\n' || ch == 0x85 || ch == 0x2028 || ch == 0x2029;
                breaks |= isBreak;
                special |= !isBreak && !isPrintable(ch) && !Character.isSurrogate(ch);
                spaceBreak |= isBreak && previous == ' ' && i > 0;
                breakSpace |= ch == ' ' && i > 0 && (previous == '\n' || previous == 0x85);
                previous = ch;
            }
            boolean edges = text.isEmpty()
                    || " \n\u0085\u2028\u2029".indexOf(text.charAt(0)) >= 0
                    || " \n\u0085\u2028\u2029".indexOf(text.charAt(text.length() - 1)) >= 0;
            boolean quotable = !special && !spaceBreak && !breakSpace;
            return new Analysis(quotable && !breaks && !indicators && !edges, quotable && !breaks);
        }

        private static boolean isIndicator(char ch, boolean first, boolean spaceBefore, boolean spaceAfter) {
            if (first) {
                return "#,[]{}&*!|>'\"%@`".indexOf(ch) >= 0 || (ch == '?' || ch == ':' || ch == '-') && spaceAfter;
            }
            return ch == ':' && spaceAfter || ch == '#' && spaceBefore;
        }
    }
}

package dev.cairn.engine.params;

import dev.cairn.engine.error.InvalidFileException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads parameters from a Python file without running it: assignments of literals at the top level, and those in classes, which become
 * maps. Everything else is passed over, as DVC passes it over.
 */
final class PythonLiterals {
    private static final Pattern ASSIGNMENT =
            Pattern.compile("(\\s*)(?:self\\.)?([A-Za-z_]\\w*)\\s*(?::[^=\\n]+)?=(?!=)\\s*(.*)", Pattern.DOTALL);
    private static final Pattern CLASS =
            Pattern.compile("(\\s*)class\\s+([A-Za-z_]\\w*).*:\\s*(?:#.*)?", Pattern.DOTALL);

    private final String path;
    private final String source;
    private int at;

    private PythonLiterals(String path, String source) {
        this.path = path;
        this.source = source;
    }

    static Map<String, @Nullable Object> parse(String path, String source) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        Map<String, @Nullable Object> target = values;
        for (String line : logicalLines(source)) {
            Matcher type = CLASS.matcher(line);
            if (type.matches()) {
                target = new LinkedHashMap<>();
                values.put(type.group(2), target);
                continue;
            }
            if (!line.isBlank() && !Character.isWhitespace(line.charAt(0))) {
                target = values;
            }
            Matcher assignment = ASSIGNMENT.matcher(line);
            if (assignment.matches()) {
                literal(path, assignment.group(3)).ifPresent(put(target, assignment.group(2)));
            }
        }
        return values;
    }

    private static java.util.function.Consumer<Literal> put(Map<String, @Nullable Object> target, String name) {
        return literal -> target.put(name, literal.value());
    }

    private record Literal(@Nullable Object value) {}

    /** The literal that the text is, a comment behind it allowed; empty when it is an expression. */
    private static Optional<Literal> literal(String path, String text) {
        PythonLiterals reader = new PythonLiterals(path, text);
        try {
            Object value = reader.value();
            reader.blanks();
            return reader.at == text.length() ? Optional.of(new Literal(value)) : Optional.empty();
        } catch (NotALiteral e) {
            return Optional.empty();
        }
    }

    /** Lines, joined where a bracket or a triple quote is open. */
    private static List<String> logicalLines(String source) {
        List<String> lines = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        int depth = 0;
        String quote = "";
        for (int i = 0; i < source.length(); i++) {
            char ch = source.charAt(i);
            current.append(ch);
            if (!quote.isEmpty()) {
                if (ch == '\\' && i + 1 < source.length()) {
                    current.append(source.charAt(++i));
                } else if (source.startsWith(quote, i)) {
                    current.append(source, i + 1, i + quote.length());
                    i += quote.length() - 1;
                    quote = "";
                }
            } else if (ch == '#') {
                int end = source.indexOf('\n', i);
                current.setLength(current.length() - 1);
                i = (end < 0 ? source.length() : end) - 1;
            } else if (ch == '"' || ch == '\'') {
                String triple = String.valueOf(ch).repeat(3);
                quote = source.startsWith(triple, i) ? triple : String.valueOf(ch);
                current.append(source, i + 1, i + quote.length());
                i += quote.length() - 1;
            } else if ("([{".indexOf(ch) >= 0) {
                depth++;
            } else if (")]}".indexOf(ch) >= 0) {
                depth--;
            } else if (ch == '\n' && depth <= 0) {
                lines.add(current.substring(0, current.length() - 1));
                current.setLength(0);
            }
        }
        lines.add(current.toString());
        return lines;
    }

    private @Nullable Object value() {
        blanks();
        char ch = peek();
        if (ch == '[' || ch == '(') {
            return items(ch == '[' ? ']' : ')');
        }
        if (ch == '{') {
            return map();
        }
        if (ch == '"' || ch == '\'') {
            return string();
        }
        int start = at;
        while (at < source.length() && ",]}):# \t\n".indexOf(source.charAt(at)) < 0) {
            at++;
        }
        return word(source.substring(start, at));
    }

    private static @Nullable Object word(String word) {
        switch (word) {
            case "True":
                return true;
            case "False":
                return false;
            case "None":
                return null;
            default:
                break;
        }
        String digits = word.replace("_", "");
        if (digits.matches("[-+]?\\d+")) {
            BigInteger number = new BigInteger(digits);
            return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
        }
        if (digits.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?")) {
            return Double.parseDouble(digits);
        }
        throw new NotALiteral();
    }

    private List<@Nullable Object> items(char close) {
        List<@Nullable Object> items = new ArrayList<>();
        at++;
        blanks();
        while (peek() != close) {
            items.add(value());
            comma(close);
        }
        at++;
        return items;
    }

    private Map<String, @Nullable Object> map() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        at++;
        blanks();
        while (peek() != '}') {
            Object key = value();
            blanks();
            if (peek() == ',' || peek() == '}') {
                throw new InvalidFileException(
                        "unable to read: '%s', a set is not supported as a parameter".formatted(path),
                        "Write a list in its place.");
            }
            expect(':');
            map.put(String.valueOf(key), value());
            comma('}');
        }
        at++;
        return map;
    }

    private void comma(char close) {
        blanks();
        if (peek() != close) {
            expect(',');
            blanks();
        }
    }

    private String string() {
        String quote = source.startsWith(source.substring(at, at + 1).repeat(3), at)
                ? source.substring(at, at + 3)
                : source.substring(at, at + 1);
        at += quote.length();
        StringBuilder text = new StringBuilder();
        while (!source.startsWith(quote, at)) {
            char ch = peek();
            at++;
            if (ch == '\\') {
                char escaped = peek();
                at++;
                text.append(
                        switch (escaped) {
                            case 'n' -> "\n";
                            case 't' -> "\t";
                            case 'r' -> "\r";
                            case '\n' -> "";
                            case '\\', '\'', '"' -> String.valueOf(escaped);
                            default -> "\\" + escaped;
                        });
            } else {
                text.append(ch);
            }
        }
        at += quote.length();
        return text.toString();
    }

    private void blanks() {
        while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
            at++;
        }
    }

    private char peek() {
        if (at >= source.length()) {
            throw new NotALiteral();
        }
        return source.charAt(at);
    }

    private void expect(char ch) {
        if (peek() != ch) {
            throw new NotALiteral();
        }
        at++;
    }

    /** The text is an expression, which DVC passes over. */
    private static final class NotALiteral extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotALiteral() {
            super(null, null, false, false);
        }
    }
}

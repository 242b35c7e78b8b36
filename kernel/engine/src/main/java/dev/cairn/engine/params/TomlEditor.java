package dev.cairn.engine.params;

import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.store.json.PythonJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Changes, adds and removes values in the text of a TOML file; everything else keeps its bytes. The text must be well-formed. */
final class TomlEditor {
    private static final Pattern BARE_KEY = Pattern.compile("[A-Za-z0-9_-]+");

    private final String path;
    private String text;
    private List<Entry> entries;
    private List<Header> headers;

    TomlEditor(String path, String text) {
        this.path = path;
        this.text = text;
        Scanner scanner = new Scanner(text);
        scanner.scan();
        this.entries = scanner.entries;
        this.headers = scanner.headers;
    }

    /**
     * A key with its value.
     *
     * @param start of the key
     * @param value where the value starts
     * @param end behind the value
     * @param isInline whether it stands between braces
     */
    private record Entry(List<String> key, int start, int value, int end, boolean isInline) {}

    /**
     * The line above a table.
     *
     * @param body behind the line
     * @param isArray whether it stands in double brackets
     */
    private record Header(List<String> key, int start, int body, boolean isArray) {}

    String text() {
        return text;
    }

    /** Gives the key a value; it is added, with the tables that it is in, when it is not there. */
    void set(List<String> key, @Nullable Object value) {
        Optional<Entry> known = entry(key);
        if (known.isPresent()) {
            replace(known.get().value(), known.get().end(), literal(value));
            return;
        }
        List<String> parent = key.subList(0, key.size() - 1);
        String name = name(key.get(key.size() - 1));
        Optional<Entry> inline = entry(parent).filter(entry -> text.charAt(entry.value()) == '{');
        if (inline.isPresent()) {
            addInline(inline.get(), name + " = " + literal(value));
        } else if (value instanceof Map<?, ?> table && !table.isEmpty()) {
            table.forEach((item, inner) -> set(plus(key, String.valueOf(item)), inner));
        } else {
            addLine(parent, name + " = " + literal(value) + "\n");
        }
    }

    /** Takes a value or a whole table out. */
    void remove(List<String> key) {
        Optional<Entry> known = entry(key);
        if (known.isPresent()) {
            removeEntry(known.get());
            return;
        }
        for (Header header : List.copyOf(headers)) {
            if (startsWith(header.key(), key)) {
                Header now = headers.stream()
                        .filter(other -> other.key().equals(header.key()))
                        .findFirst()
                        .orElseThrow();
                replace(now.start(), end(now), "");
            }
        }
    }

    private void removeEntry(Entry entry) {
        if (!entry.isInline()) {
            int line = text.lastIndexOf('\n', entry.start() - 1) + 1;
            int end = text.indexOf('\n', entry.end());
            replace(line, end < 0 ? text.length() : end + 1, "");
            return;
        }
        int end = skipBlanks(entry.end());
        if (text.charAt(end) == ',') {
            replace(entry.start(), skipBlanks(end + 1), "");
            return;
        }
        int comma = text.lastIndexOf(',', entry.start());
        int brace = text.lastIndexOf('{', entry.start());
        replace(comma > brace ? comma : entry.start(), entry.end(), "");
    }

    private int skipBlanks(int from) {
        int at = from;
        while (" \t".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private void addInline(Entry table, String item) {
        int brace = table.end() - 1;
        int behind = brace;
        while (" \t".indexOf(text.charAt(behind - 1)) >= 0) {
            behind--;
        }
        boolean isEmpty = text.charAt(behind - 1) == '{';
        replace(behind, brace, (isEmpty ? "" : ", ") + item);
    }

    /** Behind the last value of the table; in a new table when there is none. */
    private void addLine(List<String> table, String line) {
        int body = 0;
        int end = headers.isEmpty() ? text.length() : headers.get(0).start();
        if (!table.isEmpty()) {
            Optional<Header> header =
                    headers.stream().filter(h -> h.key().equals(table)).findFirst();
            if (header.isEmpty()) {
                addTable(table, line);
                return;
            }
            body = header.get().body();
            end = end(header.get());
        }
        int place = body;
        for (Entry entry : entries) {
            if (!entry.isInline() && entry.start() >= body && entry.start() < end) {
                int next = text.indexOf('\n', entry.end());
                place = next < 0 ? text.length() : next + 1;
            }
        }
        replace(place, place, (place == 0 || text.charAt(place - 1) == '\n' ? "" : "\n") + line);
    }

    /** Behind the table that it is part of, else at the end. */
    private void addTable(List<String> table, String line) {
        List<String> parent = table.subList(0, table.size() - 1);
        int place = headers.stream()
                .filter(header -> !parent.isEmpty() && startsWith(header.key(), parent))
                .mapToInt(this::end)
                .max()
                .orElse(text.length());
        String title =
                "[" + String.join(".", table.stream().map(TomlEditor::name).toList()) + "]\n";
        String above =
                place == 0 || text.startsWith("\n\n", place - 2) ? "" : text.charAt(place - 1) == '\n' ? "\n" : "\n\n";
        replace(place, place, above + title + line);
    }

    private int end(Header header) {
        return headers.stream()
                .mapToInt(Header::start)
                .filter(start -> start > header.start())
                .min()
                .orElse(text.length());
    }

    private Optional<Entry> entry(List<String> key) {
        return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    private void replace(int from, int to, String with) {
        text = text.substring(0, from) + with + text.substring(to);
        Scanner scanner = new Scanner(text);
        scanner.scan();
        entries = scanner.entries;
        headers = scanner.headers;
    }

    private String literal(@Nullable Object value) {
        if (value == null) {
            throw new InvalidFileException("TOML has no null ('%s')".formatted(path), "Give it another value.");
        }
        if (value instanceof List<?> items) {
            return "[" + String.join(", ", items.stream().map(this::literal).toList()) + "]";
        }
        if (value instanceof Map<?, ?> table) {
            List<String> items = new ArrayList<>();
            table.forEach((key, item) -> items.add(name(String.valueOf(key)) + " = " + literal(item)));
            return "{" + String.join(", ", items) + "}";
        }
        return PythonJson.dumps(value);
    }

    private static String name(String key) {
        return BARE_KEY.matcher(key).matches() ? key : PythonJson.dumps(key);
    }

    private static boolean startsWith(List<String> key, List<String> prefix) {
        return key.size() >= prefix.size() && key.subList(0, prefix.size()).equals(prefix);
    }

    private static List<String> plus(List<String> key, String name) {
        List<String> longer = new ArrayList<>(key);
        longer.add(name);
        return longer;
    }

    /** Finds where keys and values stand. */
    private static final class Scanner {
        private final String text;
        private final List<Entry> entries = new ArrayList<>();
        private final List<Header> headers = new ArrayList<>();
        private int at;

        Scanner(String text) {
            this.text = text;
        }

        void scan() {
            List<String> table = List.of();
            boolean isInArray = false;
            skip();
            while (at < text.length()) {
                if (text.charAt(at) == '[') {
                    int start = at;
                    isInArray = text.startsWith("[[", at);
                    at += isInArray ? 2 : 1;
                    table = key(List.of());
                    int end = text.indexOf('\n', at);
                    at = end < 0 ? text.length() : end + 1;
                    headers.add(new Header(table, start, at, isInArray));
                } else {
                    int known = entries.size();
                    entry(table, false);
                    if (isInArray) {
                        entries.subList(known, entries.size()).clear(); // nothing says which of the tables is meant
                    }
                }
                skip();
            }
        }

        private void entry(List<String> table, boolean isInline) {
            int start = at;
            List<String> key = key(table);
            at++;
            blanks();
            int value = at;
            value(key);
            entries.add(new Entry(key, start, value, at, isInline));
        }

        /** A dotted key, up to the sign behind it. */
        private List<String> key(List<String> table) {
            List<String> key = new ArrayList<>(table);
            blanks();
            while ("=]".indexOf(text.charAt(at)) < 0) {
                int start = at;
                if ("\"'".indexOf(text.charAt(at)) >= 0) {
                    string();
                    key.add(text.substring(start + 1, at - 1));
                } else {
                    while ("=]. \t".indexOf(text.charAt(at)) < 0) {
                        at++;
                    }
                    key.add(text.substring(start, at));
                }
                blanks();
                if (text.charAt(at) == '.') {
                    at++;
                    blanks();
                }
            }
            return key;
        }

        private void value(List<String> key) {
            char first = text.charAt(at);
            if (first == '"' || first == '\'') {
                string();
            } else if (first == '[') {
                at++;
                items(']', () -> value(List.of()));
            } else if (first == '{') {
                at++;
                boolean isNamed = !key.isEmpty();
                int known = entries.size();
                items('}', () -> entry(key, true));
                if (!isNamed) {
                    entries.subList(known, entries.size()).clear();
                }
            } else {
                while (at < text.length() && ",]}#\n\r".indexOf(text.charAt(at)) < 0) {
                    at++;
                }
                while (" \t".indexOf(text.charAt(at - 1)) >= 0) {
                    at--;
                }
            }
        }

        private void items(char close, Runnable item) {
            skip();
            while (text.charAt(at) != close) {
                item.run();
                skip();
                if (text.charAt(at) == ',') {
                    at++;
                    skip();
                }
            }
            at++;
        }

        private void string() {
            char quote = text.charAt(at);
            String triple = String.valueOf(quote).repeat(3);
            String close = text.startsWith(triple, at) ? triple : String.valueOf(quote);
            at += close.length();
            while (!text.startsWith(close, at)) {
                at += quote == '"' && text.charAt(at) == '\\' ? 2 : 1;
            }
            at += close.length();
        }

        private void blanks() {
            while (at < text.length() && " \t".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        /** Blanks, line breaks and comments. */
        private void skip() {
            while (at < text.length()) {
                if (text.charAt(at) == '#') {
                    int end = text.indexOf('\n', at);
                    at = end < 0 ? text.length() : end;
                } else if (Character.isWhitespace(text.charAt(at))) {
                    at++;
                } else {
                    return;
                }
            }
        }
    }
}

package dev.cairn.engine.yaml;

import dev.cairn.engine.yaml.YamlNode.Entry;
import dev.cairn.engine.yaml.YamlNode.Mapping;
import dev.cairn.engine.yaml.YamlNode.Scalar;
import dev.cairn.engine.yaml.YamlNode.Sequence;
import dev.cairn.engine.yaml.YamlNode.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Changes single values of a YAML text. Everything else, comments, order, quoting, blank lines, stays byte for byte: the text is parsed
 * with positions and the change is spliced in.
 */
public final class YamlEditor {
    private final String path;
    private String text;

    /**
     * Starts from the present text.
     *
     * @param path for messages
     */
    public YamlEditor(String path, String text) {
        this.path = path;
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** The document as values; an empty one is an empty map. */
    public @Nullable Object value() {
        return YamlReader.read(path, text).map(YamlNode::value).orElse(null);
    }

    /**
     * Sets the value at the keys, making maps on the way where there are none. Does nothing when the value is there already.
     *
     * @param keys of maps; for lists, the index in decimal
     */
    public void set(List<String> keys, @Nullable Object value) {
        YamlNode root = YamlReader.read(path, text).orElse(null);
        if (root == null || !(root instanceof Mapping) && root.value() == null) {
            append(YamlWriter.entries(nest(keys, 0, value), 0));
            return;
        }
        set(root, keys, value);
    }

    private void set(YamlNode root, List<String> keys, @Nullable Object value) {
        YamlNode node = root;
        for (int depth = 0; ; depth++) {
            String key = keys.get(depth);
            boolean last = depth == keys.size() - 1;
            if (node instanceof Mapping map) {
                Entry entry = map.entry(key).orElse(null);
                if (entry == null || !last && !canDescend(entry.value())) {
                    put(map, entry, key, last ? value : nest(keys, depth + 1, value));
                    return;
                }
                if (last) {
                    put(map, entry, key, value);
                    return;
                }
                node = entry.value();
            } else if (node instanceof Sequence sequence) {
                int index = Integer.parseInt(key);
                YamlNode item = sequence.items().get(index);
                if (last) {
                    replaceItem(sequence, item, value);
                    return;
                }
                node = item;
            } else {
                throw new IllegalArgumentException("no map or list at " + keys.subList(0, depth));
            }
        }
    }

    private static boolean canDescend(YamlNode node) {
        return node instanceof Mapping || node instanceof Sequence;
    }

    private void put(Mapping map, @Nullable Entry entry, String key, @Nullable Object value) {
        if (entry != null && same(entry.value().value(), value)) {
            return;
        }
        if (map.flow() || map.entries().isEmpty()) {
            Map<String, @Nullable Object> changed = new LinkedHashMap<>(map.value());
            changed.put(key, value);
            splice(map.span(), flow(changed));
            return;
        }
        if (entry == null) {
            Entry last = map.entries().get(map.entries().size() - 1);
            int indent = map.entries().get(0).key().span().column() - 1;
            insertLines(
                    contentEnd(last.value(), last.key().span().end()), YamlWriter.entries(single(key, value), indent));
            return;
        }
        replaceValue(entry, value);
    }

    private void replaceValue(Entry entry, @Nullable Object value) {
        int indent = entry.key().span().column() - 1;
        int colon = text.indexOf(':', entry.key().span().end());
        int end = Math.max(colon + 1, contentEnd(entry.value(), colon + 1));
        boolean isAnchored = entry.value().span().start() < entry.key().span().end();
        if (isAnchored) {
            end = lineContentEnd(colon + 1); // an alias: its node stands elsewhere
        }
        String replacement;
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            replacement = "\n" + chomp(YamlWriter.entries(asMap(map), indent + 2));
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            replacement = "\n" + chomp(YamlWriter.items(list, indent));
        } else {
            int column = colon - lineStart(colon) + 2;
            String scalar = YamlWriter.scalar(value, indent, column);
            boolean keepsGap = entry.value() instanceof Scalar old
                    && old.span().start() > colon
                    && old.span().end() > old.span().start()
                    && !scalar.isEmpty()
                    && !isBlock(old);
            if (keepsGap) {
                splice(new Span(entry.value().span().start(), end, 0, 0), scalar);
                return;
            }
            replacement = scalar.isEmpty() ? "" : " " + scalar;
        }
        splice(new Span(colon + 1, end, 0, 0), replacement);
    }

    private boolean isBlock(Scalar scalar) {
        char first = text.charAt(scalar.span().start());
        return !scalar.plain() && (first == '|' || first == '>');
    }

    private void replaceItem(Sequence sequence, YamlNode item, @Nullable Object value) {
        if (same(item.value(), value)) {
            return;
        }
        if (sequence.flow() || value instanceof Map<?, ?> || value instanceof List<?>) {
            splice(new Span(item.span().start(), contentEnd(item, item.span().start()), 0, 0), flow(value));
            return;
        }
        int column = item.span().column() - 1;
        splice(
                new Span(item.span().start(), contentEnd(item, item.span().start()), 0, 0),
                YamlWriter.scalar(value, column, column));
    }

    /** Removes the key; what follows on its lines, a comment, goes with it. Nothing happens when it is not there. */
    public void remove(List<String> keys) {
        YamlNode node = YamlReader.read(path, text).orElse(null);
        Span place = null;
        for (int depth = 0; depth < keys.size(); depth++) {
            if (node instanceof Sequence sequence && depth < keys.size() - 1) {
                node = sequence.items().get(Integer.parseInt(keys.get(depth)));
                continue;
            }
            if (!(node instanceof Mapping map) || map.entry(keys.get(depth)).isEmpty()) {
                return;
            }
            Entry entry = map.entry(keys.get(depth)).orElseThrow();
            if (depth < keys.size() - 1) {
                node = entry.value();
                place = entry.key().span();
                continue;
            }
            if (map.flow()) {
                Map<String, @Nullable Object> changed = new LinkedHashMap<>(map.value());
                changed.remove(keys.get(depth));
                splice(map.span(), flow(changed));
            } else if (map.entries().size() == 1) {
                int from = place == null ? entry.key().span().start() : text.indexOf(':', place.end()) + 1;
                int end = lineEnd(contentEnd(entry.value(), entry.key().span().end()));
                splice(new Span(from, end, 0, 0), place == null ? "{}" : " {}");
            } else {
                int from = lineStart(entry.key().span().start());
                int end = lineEnd(contentEnd(entry.value(), entry.key().span().end()));
                splice(new Span(from, Math.min(text.length(), end + 1), 0, 0), "");
            }
        }
    }

    private void append(String lines) {
        if (!text.isEmpty() && !text.endsWith("\n")) {
            text += "\n";
        }
        text += lines;
    }

    /**
     * @param lines end with a newline
     */
    private void insertLines(int behind, String lines) {
        int end = lineEnd(behind);
        if (end >= text.length()) {
            append(lines);
        } else {
            splice(new Span(end + 1, end + 1, 0, 0), lines);
        }
    }

    private void splice(Span span, String replacement) {
        text = text.substring(0, span.start()) + replacement + text.substring(span.end());
    }

    /** Where the node's own text ends: block collections are said to end where the next token starts. */
    private int contentEnd(YamlNode node, int atLeast) {
        int end = atLeast;
        if (node instanceof Mapping map && !map.flow()) {
            for (Entry entry : map.entries()) {
                end = Math.max(end, entry.key().span().end());
                int colon = text.indexOf(':', entry.key().span().end());
                end = Math.max(end, colon + 1);
                end = Math.max(end, contentEnd(entry.value(), end));
            }
            return end;
        }
        if (node instanceof Sequence sequence && !sequence.flow()) {
            for (YamlNode item : sequence.items()) {
                end = Math.max(end, contentEnd(item, end));
            }
            return end;
        }
        int last = node.span().end();
        while (last > node.span().start() && last > 0 && Character.isWhitespace(text.charAt(last - 1))) {
            last--; // block scalars end at the next token
        }
        return Math.max(end, last);
    }

    private int lineContentEnd(int from) {
        int end = lineEnd(from);
        int comment = text.indexOf(" #", from);
        end = comment >= 0 && comment < end ? comment : end;
        while (end > from && text.charAt(end - 1) == ' ') {
            end--;
        }
        return end;
    }

    private int lineStart(int offset) {
        return text.lastIndexOf('\n', offset - 1) + 1;
    }

    private int lineEnd(int offset) {
        int end = text.indexOf('\n', offset);
        return end < 0 ? text.length() : end;
    }

    private static boolean same(@Nullable Object a, @Nullable Object b) {
        return Objects.equals(a, b);
    }

    private static String chomp(String lines) {
        return lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
    }

    private static Map<String, @Nullable Object> nest(List<String> keys, int from, @Nullable Object value) {
        Object nested = value;
        for (int i = keys.size() - 1; i > from; i--) {
            nested = single(keys.get(i), nested);
        }
        return single(keys.get(from), nested);
    }

    private static Map<String, @Nullable Object> single(String key, @Nullable Object value) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put(key, value);
        return map;
    }

    private static Map<String, @Nullable Object> asMap(Map<?, ?> map) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        map.forEach((k, v) -> out.put(String.valueOf(k), v));
        return out;
    }

    /** A value in flow style: {@code {a: 1, b: [x, 'y, z']}}. */
    private static String flow(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            List<String> parts = new ArrayList<>();
            map.forEach((k, v) -> parts.add(flow(String.valueOf(k)) + ": " + flow(v)));
            return "{" + String.join(", ", parts) + "}";
        }
        if (value instanceof List<?> list) {
            return "[" + String.join(", ", list.stream().map(YamlEditor::flow).toList()) + "]";
        }
        if (value == null) {
            return "null";
        }
        String scalar = YamlWriter.scalar(value, 0, Integer.MIN_VALUE / 2);
        boolean quoted = scalar.startsWith("'") || scalar.startsWith("\"");
        return value instanceof String text && !quoted && text.matches(".*[,\\[\\]{}].*")
                ? "'" + text.replace("'", "''") + "'"
                : scalar;
    }
}

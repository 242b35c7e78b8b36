package dev.cairn.engine.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A piece of a YAML document with the place where it stands. */
public sealed interface YamlNode {
    /** From the first character of the node to behind its last. */
    Span span();

    /** The plain Java value: map, list, string, Long, BigInteger, Double, Boolean or null. */
    @Nullable
    Object value();

    /**
     * Where a node stands.
     *
     * @param start offset of the first character in the text
     * @param end offset behind the last
     * @param line counted from 1
     * @param column counted from 1
     */
    record Span(int start, int end, int line, int column) {}

    /**
     * A single value.
     *
     * @param plain whether it stands without quotes and not as a block, so that it may be a number, a boolean or null
     */
    record Scalar(String text, boolean plain, Span span) implements YamlNode {
        @Override
        public @Nullable Object value() {
            return plain ? YamlScalars.resolve(text) : text;
        }
    }

    record Sequence(List<YamlNode> items, boolean flow, Span span) implements YamlNode {
        @Override
        public List<@Nullable Object> value() {
            List<@Nullable Object> out = new ArrayList<>(items.size());
            items.forEach(i -> out.add(i.value()));
            return out;
        }
    }

    record Mapping(List<Entry> entries, boolean flow, Span span) implements YamlNode {
        /** Merge keys ({@code <<}) are resolved: the map's own keys win. */
        @Override
        public Map<String, @Nullable Object> value() {
            Map<String, @Nullable Object> merged = new LinkedHashMap<>();
            Map<String, @Nullable Object> own = new LinkedHashMap<>();
            for (Entry entry : entries) {
                if (entry.isMerge()) {
                    merge(entry.value().value(), merged);
                } else {
                    own.put(entry.name(), entry.value().value());
                }
            }
            if (merged.isEmpty()) {
                return own;
            }
            merged.putAll(own);
            return merged;
        }

        private static void merge(@Nullable Object from, Map<String, @Nullable Object> into) {
            if (from instanceof Map<?, ?> map) {
                map.forEach((k, v) -> into.putIfAbsent(String.valueOf(k), v));
            } else if (from instanceof List<?> list) {
                list.forEach(item -> merge(item, into));
            }
        }

        /** The entries with merge keys replaced by what they bring, in the order of {@link #value()}. */
        public List<Entry> mergedEntries() {
            if (entries.stream().noneMatch(Entry::isMerge)) {
                return entries;
            }
            Map<String, Entry> merged = new LinkedHashMap<>();
            entries.stream().filter(Entry::isMerge).forEach(e -> collect(e.value(), merged));
            entries.stream().filter(e -> !e.isMerge()).forEach(e -> merged.put(e.name(), e));
            return List.copyOf(merged.values());
        }

        private static void collect(YamlNode from, Map<String, Entry> into) {
            if (from instanceof Mapping map) {
                map.mergedEntries().forEach(e -> into.putIfAbsent(e.name(), e));
            } else if (from instanceof Sequence list) {
                list.items().forEach(item -> collect(item, into));
            }
        }

        public Optional<Entry> entry(String name) {
            return entries.stream().filter(e -> e.name().equals(name)).findFirst();
        }

        public Optional<YamlNode> get(String name) {
            return entry(name).map(Entry::value);
        }
    }

    record Entry(Scalar key, YamlNode value) {
        public String name() {
            Object resolved = key.value();
            return resolved instanceof Boolean || resolved instanceof Number || resolved == null
                    ? YamlScalars.pythonText(resolved)
                    : key.text();
        }

        boolean isMerge() {
            return key.plain() && key.text().equals("<<");
        }
    }
}

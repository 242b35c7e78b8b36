package dev.cairn.live;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names of metrics: words joined by slashes, each slash a folder of the curves and a level of the summary. */
final class MetricName {
    private MetricName() {}

    static List<String> parts(String name) {
        List<String> parts = List.of(name.split("/", -1));
        for (String part : parts) {
            if (part.isBlank() || part.equals(".") || part.equals("..") || part.contains("\\")) {
                throw new IllegalArgumentException(
                        "Metric name '" + name + "' is not one: use words joined by slashes, as in 'train/loss'.");
            }
        }
        return parts;
    }

    /** Puts the value into nested maps, as {@code {"train": {"loss": 0.5}}}. */
    @SuppressWarnings("unchecked") // the maps in between were put here by this method
    static void put(Map<String, Object> summary, List<String> path, Number value) {
        Map<String, Object> level = summary;
        for (String part : path.subList(0, path.size() - 1)) {
            Object inner = level.computeIfAbsent(part, key -> new LinkedHashMap<String, Object>());
            if (!(inner instanceof Map)) {
                throw clash(path, part);
            }
            level = (Map<String, Object>) inner;
        }
        String leaf = path.get(path.size() - 1);
        if (level.get(leaf) instanceof Map) {
            throw clash(path, leaf);
        }
        level.put(leaf, value);
    }

    private static IllegalArgumentException clash(List<String> path, String part) {
        return new IllegalArgumentException("Metric '" + String.join("/", path) + "' clashes with one logged before: '"
                + part + "' cannot be a value and a folder. Rename one of the two.");
    }
}

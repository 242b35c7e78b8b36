package dev.cairn.engine.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What differs in metrics or parameters between two revisions.
 *
 * @param from name of the older side as shown ({@code HEAD}, an experiment, 7 hex)
 * @param to name of the newer side ({@code workspace})
 * @param changes by file, then by name; with {@code all}, the unchanged too
 */
public record ValueDiff(String from, String to, List<ValueChange> changes) {
    public ValueDiff {
        changes = List.copyOf(changes);
    }

    /** Compares the values of two revisions, file by file. A file that cannot be read counts as empty. */
    public static ValueDiff between(
            String from, String to, Map<String, FileValues> before, Map<String, FileValues> after, boolean all) {
        FileValues none = FileValues.of(Map.of());
        TreeSet<String> files = new TreeSet<>(before.keySet());
        files.addAll(after.keySet());
        List<ValueChange> changes = new ArrayList<>();
        for (String file : files) {
            Map<String, @Nullable Object> old = leaves(before.getOrDefault(file, none));
            Map<String, @Nullable Object> now = leaves(after.getOrDefault(file, none));
            TreeSet<String> names = new TreeSet<>(old.keySet());
            names.addAll(now.keySet());
            for (String name : names) {
                ValueChange change = new ValueChange(file, name, old.get(name), now.get(name));
                if (all || !Numbers.equal(change.before(), change.after())) {
                    changes.add(change);
                }
            }
        }
        return new ValueDiff(from, to, changes);
    }

    private static Map<String, @Nullable Object> leaves(FileValues values) {
        Map<String, @Nullable Object> leaves = new TreeMap<>(values.flat());
        leaves.values().removeIf(v -> v instanceof Map<?, ?>);
        return leaves;
    }

    /** What DVC prints with {@code --json}: by file and name, {@code old}, {@code new} and for numbers {@code diff}. */
    public Map<String, Object> toJson() {
        Map<String, Map<String, Object>> files = new LinkedHashMap<>();
        for (ValueChange change : changes) {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("old", scalar(change.before()));
            json.put("new", scalar(change.after()));
            Number difference = Numbers.difference(change.before(), change.after());
            if (difference != null) {
                json.put("diff", difference);
            }
            files.computeIfAbsent(change.file(), f -> new LinkedHashMap<>()).put(change.name(), json);
        }
        return new LinkedHashMap<>(files);
    }

    private static @Nullable Object scalar(@Nullable Object value) {
        return value instanceof List<?> ? PythonText.repr(value) : value;
    }
}

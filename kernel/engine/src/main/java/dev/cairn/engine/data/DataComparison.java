package dev.cairn.engine.data;

import dev.cairn.engine.data.DataChange.Kind;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.json.PythonJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares two indexes path by path, by content. */
final class DataComparison {
    private final DataIndex before;
    private final DataIndex after;
    private final boolean withUnchanged;
    private final Map<String, DataEntry> old = new HashMap<>();
    private final Map<String, DataEntry> now = new HashMap<>();
    private final Set<String> unknown = new HashSet<>();

    private DataComparison(DataIndex before, DataIndex after, boolean withUnchanged) {
        this.before = before;
        this.after = after;
        this.withUnchanged = withUnchanged;
    }

    /** What differs, file by file, with the directories that hold them. */
    static List<DataChange> changes(DataIndex before, DataIndex after) {
        DataComparison comparison = new DataComparison(before, after, false);
        comparison.collect(true);
        return comparison.changes();
    }

    /**
     * Every path with what became of it.
     *
     * @param granular whether the files of directories are told, too
     */
    static List<DataChange> all(DataIndex before, DataIndex after, boolean granular) {
        DataComparison comparison = new DataComparison(before, after, true);
        comparison.collect(granular);
        return comparison.changes();
    }

    private void collect(boolean granular) {
        old.putAll(before.outputs());
        now.putAll(after.outputs());
        if (!granular) {
            return;
        }
        for (String path : paths()) {
            DataEntry a = old.get(path);
            DataEntry b = now.get(path);
            boolean isSame = kind(a, b) == Kind.UNCHANGED;
            if (!isSame || withUnchanged) {
                expand(path, before, a, old);
                expand(path, after, b, now);
            }
        }
    }

    private void expand(String path, DataIndex index, @Nullable DataEntry entry, Map<String, DataEntry> into) {
        if (entry != null && entry.isDirectory()) {
            index.members(entry).ifPresentOrElse(into::putAll, () -> unknown.add(path));
        }
    }

    private Set<String> paths() {
        Set<String> paths = new TreeSet<>(PythonJson::compareByCodePoint);
        paths.addAll(old.keySet());
        paths.addAll(now.keySet());
        return paths;
    }

    private List<DataChange> changes() {
        List<DataChange> changes = new ArrayList<>();
        for (String path : paths()) {
            DataEntry a = old.get(path);
            DataEntry b = now.get(path);
            Kind kind = withUnchanged && isUnknown(path) ? Kind.UNKNOWN : kind(a, b);
            if (kind != Kind.UNCHANGED || withUnchanged) {
                changes.add(new DataChange(kind, a, b));
            }
        }
        return changes;
    }

    private boolean isUnknown(String path) {
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (unknown.contains(path.substring(0, slash))) {
                return true;
            }
        }
        return false;
    }

    private static Kind kind(@Nullable DataEntry a, @Nullable DataEntry b) {
        ContentHash was = a == null ? null : a.hash();
        ContentHash is = b == null ? null : b.hash();
        if (Objects.equals(was, is)) {
            return Kind.UNCHANGED;
        }
        return was == null ? Kind.ADDED : is == null ? Kind.DELETED : Kind.MODIFIED;
    }

    /** Makes one change of what went away and came back under another name. */
    static List<DataChange> withRenames(List<DataChange> changes) {
        List<DataChange> deleted = new ArrayList<>(
                changes.stream().filter(c -> c.kind() == Kind.DELETED).toList());
        List<DataChange> found = new ArrayList<>();
        for (DataChange change : changes) {
            DataEntry added = change.after();
            if (change.kind() == Kind.ADDED && added != null) {
                DataChange source = deleted.stream()
                        .filter(c -> Objects.requireNonNull(c.before()).hash() != null)
                        .filter(c -> Objects.equals(
                                Objects.requireNonNull(c.before()).hash(), added.hash()))
                        .findFirst()
                        .orElse(null);
                found.add(source == null ? change : new DataChange(Kind.RENAMED, source.before(), added));
                deleted.remove(source);
            } else if (change.kind() != Kind.DELETED) {
                found.add(change);
            }
        }
        found.addAll(deleted);
        return found;
    }
}

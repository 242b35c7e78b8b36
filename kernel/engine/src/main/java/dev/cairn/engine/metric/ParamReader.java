package dev.cairn.engine.metric;

import dev.cairn.engine.pipeline.Dependency;
import dev.cairn.engine.pipeline.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a revision: {@code params.yaml}, the files that stages name in {@code params}, and the top-level {@code params} of
 * dvc.yaml. Files are given whole, unless only what stages depend on is asked for.
 */
public final class ParamReader {
    static final String DEFAULT_FILE = "params.yaml";

    private final ValueFiles values;

    public ParamReader(ValueFiles values) {
        this.values = values;
    }

    /**
     * What differs between two revisions.
     *
     * @param targets files to look at; empty for all
     * @param onlyUsed as in {@link #read(RevisionData, List, boolean)}
     * @param all whether to give unchanged values too
     */
    public ValueDiff diff(RevisionData from, RevisionData to, List<String> targets, boolean onlyUsed, boolean all) {
        RevisionValues old = RevisionValues.of(from.name(), () -> read(from, targets, onlyUsed));
        RevisionValues now = RevisionValues.of(to.name(), () -> read(to, targets, onlyUsed));
        return ValueDiff.between(from.name(), to.name(), old.files(), now.files(), all);
    }

    /** All parameters of the revision, by file. */
    public Map<String, FileValues> read(RevisionData revision) {
        return read(revision, List.of(), false);
    }

    /**
     * @param targets files to read (top-level params come in any case, as in DVC); empty for all
     * @param onlyUsed whether to keep of the stages' files only the values that stages depend on
     */
    public Map<String, FileValues> read(RevisionData revision, List<String> targets, boolean onlyUsed) {
        List<Dependency.OnParameters> used = new ArrayList<>();
        for (Stage stage : revision.pipeline().stages().values()) {
            for (Dependency.OnParameters dependency : stage.parameterDependencies()) {
                if (targets.isEmpty() || targets.contains(dependency.path())) {
                    used.add(dependency);
                }
            }
        }
        Set<String> whole = new LinkedHashSet<>();
        if (!onlyUsed) {
            whole.addAll(targets);
            boolean named = used.stream().anyMatch(d -> d.path().equals(DEFAULT_FILE));
            if (targets.isEmpty() && !named && revision.exists(DEFAULT_FILE)) {
                whole.add(DEFAULT_FILE);
            }
        } else if (!used.isEmpty()) {
            whole.addAll(targets);
            used.forEach(d -> whole.remove(d.path()));
        }
        whole.addAll(revision.pipeline().params());
        Map<String, FileValues> read = new LinkedHashMap<>();
        if (onlyUsed) {
            readUsed(revision, used, read);
        } else {
            used.forEach(d -> whole.add(d.path()));
        }
        for (String path : whole) {
            FileValues file = file(revision, path);
            if (file.error() != null || !file.data().isEmpty()) {
                read.put(path, file);
            }
        }
        // What templates name counts, too, by its dotted path, unless its file is there already.
        revision.pipeline().variables().forEach((path, variables) -> {
            if (!read.containsKey(path)) {
                read.put(path, FileValues.of(variables));
            }
        });
        return read;
    }

    private void readUsed(RevisionData revision, List<Dependency.OnParameters> used, Map<String, FileValues> read) {
        Map<String, Map<String, @Nullable Object>> merged = new LinkedHashMap<>();
        for (Dependency.OnParameters dependency : used) {
            FileValues file = file(revision, dependency.path());
            if (file.error() != null) {
                read.put(dependency.path(), file);
                continue;
            }
            Map<String, @Nullable Object> into = merged.computeIfAbsent(dependency.path(), p -> new LinkedHashMap<>());
            if (dependency.keys().isEmpty()) {
                into.putAll(file.data());
            }
            for (String key : dependency.keys()) {
                copy(file.data(), key, into);
            }
        }
        merged.forEach((path, values) -> {
            if (!values.isEmpty()) {
                read.put(path, FileValues.of(values));
            }
        });
    }

    /** Copies the value at a dotted key, with the maps around it. A list is copied whole when the key goes into it. */
    private static void copy(Map<?, ?> from, String key, Map<String, @Nullable Object> into) {
        int dot = key.indexOf('.');
        String first = dot < 0 ? key : key.substring(0, dot);
        if (!from.containsKey(first)) {
            return;
        }
        Object value = from.get(first);
        if (dot >= 0 && value instanceof Map<?, ?> nested) {
            Map<String, @Nullable Object> inner = new LinkedHashMap<>();
            if (into.get(first) instanceof Map<?, ?> before) {
                before.forEach((name, item) -> inner.put(String.valueOf(name), item));
            }
            copy(nested, key.substring(dot + 1), inner);
            if (!inner.isEmpty()) {
                into.put(first, inner);
            }
        } else if (dot < 0 || value instanceof List<?>) {
            into.put(first, value);
        }
    }

    private FileValues file(RevisionData revision, String path) {
        Optional<byte[]> content = revision.read(path);
        if (content.isEmpty()) {
            return FileValues.unreadable(
                    "FileNotFoundError", "[Errno 2] No such file or directory: '%s'".formatted(path));
        }
        return values.parse(path, content.get()).values();
    }
}

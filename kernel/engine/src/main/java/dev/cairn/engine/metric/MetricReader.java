package dev.cairn.engine.metric;

import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.Stage;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the metrics of a revision: outputs that stages declare as metrics, and the top-level {@code metrics} of dvc.yaml. */
public final class MetricReader {
    private final ValueFiles values;

    public MetricReader(ValueFiles values) {
        this.values = values;
    }

    /** All metrics of each revision; one that cannot be read says why. */
    public List<RevisionValues> show(List<RevisionData> revisions, List<String> targets, boolean recursive) {
        return revisions.stream()
                .map(r -> RevisionValues.of(r.name(), () -> read(r, targets, recursive)))
                .toList();
    }

    /**
     * What differs between two revisions.
     *
     * @param targets files to look at, relative to the root; empty for all metrics
     * @param all whether to give unchanged values too
     */
    public ValueDiff diff(RevisionData from, RevisionData to, List<String> targets, boolean recursive, boolean all) {
        List<RevisionValues> sides = show(List.of(from, to), targets, recursive);
        return ValueDiff.between(
                from.name(), to.name(), sides.get(0).files(), sides.get(1).files(), all);
    }

    /** All metrics of the revision, by file. Files that are not there are left out. */
    public Map<String, FileValues> read(RevisionData revision) {
        return read(revision, List.of(), false);
    }

    /**
     * @param targets files to read whether they are metrics or not (top-level metrics come in any case, as in DVC); empty for all metrics
     * @param recursive whether a target may be a directory
     */
    public Map<String, FileValues> read(RevisionData revision, List<String> targets, boolean recursive) {
        Set<String> paths = new LinkedHashSet<>();
        Set<String> wanted = expand(revision, targets, recursive);
        for (Stage stage : revision.pipeline().stages().values()) {
            for (Output output : stage.outputs()) {
                if (output.kind() == Output.Kind.METRIC && (targets.isEmpty() || wanted.contains(output.path()))) {
                    paths.add(output.path());
                }
            }
        }
        paths.addAll(wanted);
        paths.addAll(revision.pipeline().metrics());
        Map<String, FileValues> read = new LinkedHashMap<>();
        for (String path : paths) {
            Optional<byte[]> content = revision.read(path);
            if (content.isPresent()) {
                read.put(path, parse(path, content.get()));
            } else if (revision.isFile(path)) {
                // DVC's message is empty too: the lock knows the file, the cache does not have it.
                read.put(path, FileValues.unreadable("FileNotFoundError", ""));
            }
        }
        return read;
    }

    private static Set<String> expand(RevisionData revision, List<String> targets, boolean recursive) {
        Set<String> paths = new LinkedHashSet<>();
        for (String target : targets) {
            if (recursive && revision.isDirectory(target)) {
                paths.addAll(revision.list(target));
            }
            paths.add(target);
        }
        return paths;
    }

    private FileValues parse(String path, byte[] content) {
        ValueFiles.Parsed parsed = values.parse(path, content);
        if (parsed.error() != null) {
            return parsed.values();
        }
        Object kept = kept(parsed.value());
        return kept == null ? FileValues.of(Map.of()) : new ValueFiles.Parsed(kept, null).values();
    }

    /** Numbers, texts and booleans, and maps of them; null for what is no metric. */
    private static @Nullable Object kept(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> out = new LinkedHashMap<>();
            map.forEach((key, item) -> {
                Object kept = kept(item);
                if (kept != null) {
                    out.put(key, kept);
                }
            });
            return out.isEmpty() ? null : out;
        }
        return value instanceof Number || value instanceof String || value instanceof Boolean ? value : null;
    }

    /** What {@code metrics show --json} prints: by revision, the workspace alone under the empty name. */
    public static Map<String, Object> toJson(List<RevisionValues> revisions) {
        Map<String, Object> json = new LinkedHashMap<>();
        boolean alone = revisions.size() == 1 && revisions.get(0).revision().equals(RevisionData.WORKSPACE);
        for (RevisionValues revision : revisions) {
            json.put(alone ? "" : revision.revision(), revision.toJson());
        }
        return json;
    }
}

package dev.cairn.magics.render;

import dev.cairn.engine.data.DataDiff;
import dev.cairn.engine.data.DataEntry;
import dev.cairn.store.json.PythonJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what {@code diff} found as DVC does. */
public final class DataDiffRendering {
    private static final int SHORT = 8;

    private final DataDiff diff;
    private final boolean withHashes;
    private final boolean withMissing;

    /**
     * @param withMissing whether to tell what is not in the cache
     */
    public DataDiffRendering(DataDiff diff, boolean withHashes, boolean withMissing) {
        this.diff = diff;
        this.withHashes = withHashes;
        this.withMissing = withMissing;
    }

    /** One line: where it is, or from where to where it went. */
    private record Line(String path, String hash, boolean isDirectory) {}

    private Map<String, List<Line>> sections() {
        Map<String, List<Line>> sections = new LinkedHashMap<>();
        sections.put("added", lines(diff.added()));
        sections.put("deleted", lines(diff.deleted()));
        sections.put(
                "renamed",
                diff.renamed().stream()
                        .map(pair -> new Line(
                                pair.before().label() + " -> " + pair.after().label(),
                                digest(pair.before()),
                                pair.after().isDirectory()))
                        .toList());
        sections.put(
                "modified",
                diff.modified().stream()
                        .map(pair -> new Line(
                                pair.before().label(),
                                digest(pair.before()) + ".." + digest(pair.after()),
                                pair.before().isDirectory()))
                        .toList());
        if (withMissing) {
            sections.put("not in cache", lines(diff.notInCache()));
        }
        return sections;
    }

    private static List<Line> lines(List<DataEntry> entries) {
        return entries.stream()
                .map(entry -> new Line(entry.label(), digest(entry), entry.isDirectory()))
                .toList();
    }

    private static String digest(DataEntry entry) {
        String hash = hash(entry);
        return hash == null ? "" : hash.substring(0, SHORT);
    }

    private static @Nullable String hash(DataEntry entry) {
        return entry.hash() == null ? null : entry.hash().value();
    }

    /** For people. */
    public String text() {
        StringBuilder out = new StringBuilder();
        List<String> summary = new ArrayList<>();
        sections().forEach((name, lines) -> {
            if (lines.isEmpty()) {
                return;
            }
            out.append(name.substring(0, 1).toUpperCase(java.util.Locale.ROOT))
                    .append(name.substring(1))
                    .append(":\n");
            lines.forEach(line -> out.append("    ")
                    .append(withHashes ? line.hash() + "  " : "")
                    .append(line.path())
                    .append('\n'));
            out.append('\n');
            long files = lines.stream().filter(line -> !line.isDirectory()).count();
            if (files > 0) {
                summary.add(files + " " + name);
            }
        });
        if (!summary.isEmpty()) {
            out.append("files summary: ").append(String.join(", ", summary)).append('\n');
        }
        return out.toString();
    }

    /** GitHub's Markdown. */
    public String markdown() {
        List<List<String>> rows = new ArrayList<>();
        sections()
                .forEach((name, lines) -> lines.forEach(line ->
                        rows.add(withHashes ? List.of(name, line.hash(), line.path()) : List.of(name, line.path()))));
        return new TextTable(withHashes ? List.of("Status", "Hash", "Path") : List.of("Status", "Path"), rows)
                .markdown();
    }

    /** DVC's JSON. */
    public String json() {
        Map<String, Object> out = new LinkedHashMap<>();
        if (!diff.isEmpty()) {
            out.put("added", objects(diff.added()));
            out.put("deleted", objects(diff.deleted()));
            out.put(
                    "modified",
                    diff.modified().stream()
                            .map(pair -> object(pair.before().label(), both(hash(pair.before()), hash(pair.after()))))
                            .toList());
            out.put(
                    "renamed",
                    diff.renamed().stream()
                            .map(pair -> object(
                                    both(pair.before().label(), pair.after().label()), hash(pair.before())))
                            .toList());
            if (withMissing) {
                out.put("not in cache", objects(diff.notInCache()));
            }
        }
        return PythonJson.dumps(out);
    }

    private List<Object> objects(List<DataEntry> entries) {
        List<Object> objects = new ArrayList<>();
        entries.forEach(entry -> objects.add(object(entry.label(), hash(entry))));
        return objects;
    }

    private Map<String, @Nullable Object> object(Object path, @Nullable Object hash) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("path", path);
        if (withHashes) {
            object.put("hash", hash);
        }
        return object;
    }

    private static Map<String, @Nullable String> both(@Nullable String before, @Nullable String after) {
        Map<String, @Nullable String> both = new LinkedHashMap<>();
        both.put("old", before);
        both.put("new", after);
        return both;
    }
}

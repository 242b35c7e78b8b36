package dev.cairn.engine.pipeline;

import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.params.ParameterFile;
import dev.cairn.engine.project.RevisionFiles;
import dev.cairn.engine.yaml.YamlNode;
import dev.cairn.engine.yaml.YamlReader;
import dev.cairn.engine.yaml.YamlWriter;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A dvc.lock: what each stage was when it last ran. Immutable; a changed entry is spliced into the text, so that every other entry keeps
 * its bytes. The format is that of DVC 2.x, with {@code hash: md5} in records of DVC 3.
 */
public final class LockFile {
    public static final String NAME = "dvc.lock";
    private static final String HEADER = "schema: '2.0'\nstages:\n";

    private final String path;
    private final String text;
    private final Map<String, LockEntry> entries;
    private final Map<String, int[]> places;

    private LockFile(String path, String text, Map<String, LockEntry> entries, Map<String, int[]> places) {
        this.path = path;
        this.text = text;
        this.entries = entries;
        this.places = places;
    }

    /** The lock file that belongs to a dvc.yaml. */
    public static String pathFor(String pipelineFile) {
        int slash = pipelineFile.lastIndexOf('/');
        return pipelineFile.substring(0, slash + 1) + NAME;
    }

    /** A lock file without entries. */
    public static LockFile empty(String path) {
        return new LockFile(path, "", Map.of(), Map.of());
    }

    /**
     * The lock file at a path; an empty one when there is none.
     *
     * @throws InvalidFileException when it is not a lock file
     */
    public static LockFile read(String path, RevisionFiles files) {
        return files.derive(LockFile.class, path, observed -> observed.read(path)
                .map(content -> parse(path, content))
                .orElseGet(() -> empty(path)));
    }

    /**
     * Reads a lock file.
     *
     * @throws InvalidFileException when it is not a lock file
     */
    public static LockFile parse(String path, byte[] content) {
        String text = new String(content, java.nio.charset.StandardCharsets.UTF_8);
        YamlNode.Mapping root = YamlReader.readMapping(path, content);
        Object schema = root.get("schema").map(YamlNode::value).orElse(null);
        YamlNode.Mapping stages = root;
        if (schema != null) {
            if (!"2.0".equals(String.valueOf(schema))) {
                throw new InvalidFileException(
                        "'%s' validation failed.\n\ninvalid schema version %s, expected one of ['2.0'], in schema"
                                .formatted(path, schema),
                        "It was written by another version of DVC.");
            }
            stages = root.get("stages")
                    .filter(YamlNode.Mapping.class::isInstance)
                    .map(YamlNode.Mapping.class::cast)
                    .orElse(new YamlNode.Mapping(List.of(), false, root.span()));
        }
        Map<String, LockEntry> entries = new LinkedHashMap<>();
        Map<String, int[]> places = new LinkedHashMap<>();
        List<YamlNode.Entry> list = stages.entries();
        for (int i = 0; i < list.size(); i++) {
            YamlNode.Entry entry = list.get(i);
            entries.put(entry.name(), readEntry(path, entry));
            int start = text.lastIndexOf('\n', entry.key().span().start()) + 1;
            int end = i + 1 < list.size()
                    ? text.lastIndexOf('\n', list.get(i + 1).key().span().start()) + 1
                    : schema == null ? text.length() : endOfStages(text, root, stages);
            places.put(entry.name(), new int[] {start, end});
        }
        boolean isVersionOne = schema == null && !entries.isEmpty();
        if (isVersionOne) {
            return migrated(path, entries);
        }
        return new LockFile(path, text, entries, places);
    }

    private static int endOfStages(String text, YamlNode.Mapping root, YamlNode.Mapping stages) {
        return root.entries().stream()
                .map(e -> e.key().span().start())
                .filter(start -> start > stages.span().start())
                .min(Comparator.naturalOrder())
                .orElse(text.length());
    }

    private static LockFile migrated(String path, Map<String, LockEntry> entries) {
        LockFile lock = empty(path);
        for (Map.Entry<String, LockEntry> entry : entries.entrySet()) {
            lock = lock.with(entry.getKey(), entry.getValue());
        }
        return lock;
    }

    private static LockEntry readEntry(String path, YamlNode.Entry entry) {
        if (!(entry.value() instanceof YamlNode.Mapping body)) {
            throw new InvalidFileException(
                    "'%s' validation failed: expected a mapping, in stages -> %s, line %d"
                            .formatted(path, entry.name(), entry.key().span().line()),
                    "Restore the file from Git.");
        }
        return entryOf(path, body.value());
    }

    /**
     * @param body with the keys {@code cmd deps params outs}
     */
    static LockEntry entryOf(String path, Map<String, ?> body) {
        Map<String, Map<String, @Nullable Object>> params = new LinkedHashMap<>();
        if (body.get("params") instanceof Map<?, ?> files) {
            files.forEach((file, values) -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                if (values instanceof Map<?, ?> map) {
                    map.forEach((k, v) -> copy.put(String.valueOf(k), v));
                }
                params.put(String.valueOf(file), copy);
            });
        }
        Object cmd = body.get("cmd");
        return new LockEntry(
                cmd == null ? null : Command.ofYaml(cmd),
                states(path, body.get("deps")),
                params,
                states(path, body.get("outs")));
    }

    private static List<PathState> states(String path, @Nullable Object list) {
        List<PathState> out = new ArrayList<>();
        if (list instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof Map<?, ?> map) {
                    out.add(state(path, map));
                }
            }
        }
        return out;
    }

    /** One record of a dependency or output, in dvc.lock or a .dvc file. */
    static PathState state(String file, Map<?, ?> map) {
        Object hash = map.get("md5");
        Optional<ContentHash> parsed = hash == null ? Optional.empty() : ContentHash.tryParse(String.valueOf(hash));
        if (hash != null && parsed.isEmpty()) {
            throw new InvalidFileException(
                    "'%s' validation failed: '%s' is not an md5 (path %s)".formatted(file, hash, map.get("path")),
                    "Restore the file from Git.");
        }
        return new PathState(
                String.valueOf(map.get("path")),
                parsed.orElse(null),
                "md5".equals(map.get("hash")) ? HashName.MD5 : HashName.MD5_DOS2UNIX,
                map.get("size") instanceof Number size ? size.longValue() : null,
                map.get("nfiles") instanceof Number count ? count.intValue() : null,
                Boolean.TRUE.equals(map.get("isexec")));
    }

    public String path() {
        return path;
    }

    public String text() {
        return text;
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** By stage name, in the order of the file. */
    public Map<String, LockEntry> entries() {
        return java.util.Collections.unmodifiableMap(entries);
    }

    /** The file with this entry: in the place of the old one, or at the end. */
    public LockFile with(String name, LockEntry entry) {
        if (entry.equals(entries.get(name))) {
            return this;
        }
        Map<String, Object> body = toYaml(entry);
        String lines = YamlWriter.entries(Map.of(name, body), 2);
        String base = entries.isEmpty() ? HEADER : text;
        int end = places.values().stream().mapToInt(p -> p[1]).max().orElse(base.length());
        int[] old = places.getOrDefault(name, new int[] {end, end});
        boolean isLineOpen = old[0] > 0 && base.charAt(old[0] - 1) != '\n';
        String inserted = isLineOpen ? "\n" + lines : lines;
        int growth = inserted.length() - (old[1] - old[0]);
        Map<String, int[]> moved = new LinkedHashMap<>();
        places.forEach((other, p) -> moved.put(other, p[0] > old[0] ? new int[] {p[0] + growth, p[1] + growth} : p));
        moved.put(name, new int[] {old[0] + inserted.length() - lines.length(), old[0] + inserted.length()});
        Map<String, LockEntry> changed = new LinkedHashMap<>(entries);
        changed.put(name, entryOf(path, body));
        return new LockFile(path, base.substring(0, old[0]) + inserted + base.substring(old[1]), changed, moved);
    }

    /** The file without the entry; empty when it was the last. */
    public LockFile without(String name) {
        int[] place = places.get(name);
        if (place == null) {
            return this;
        }
        if (entries.size() == 1) {
            return empty(path);
        }
        String changed = text.substring(0, place[0]) + text.substring(place[1]);
        return parse(path, changed.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** The entry as it stands in the file, keys in DVC's order; also the body of a run-cache file. */
    public static Map<String, Object> toYaml(LockEntry entry) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (entry.command() != null) {
            body.put("cmd", entry.command().toYaml());
        }
        if (!entry.dependencies().isEmpty()) {
            body.put("deps", sorted(entry.dependencies()));
        }
        if (!entry.params().isEmpty()) {
            Map<String, Object> params = new LinkedHashMap<>();
            entry.params().keySet().stream()
                    .sorted(Comparator.comparing((String f) -> !f.equals(ParameterFile.DEFAULT))
                            .thenComparing(f -> f))
                    .forEach(file ->
                            params.put(file, new TreeMap<>(entry.params().get(file))));
            body.put("params", params);
        }
        if (!entry.outputs().isEmpty()) {
            body.put("outs", sorted(entry.outputs()));
        }
        return body;
    }

    private static List<Object> sorted(List<PathState> states) {
        List<Object> out = new ArrayList<>();
        states.stream().sorted(Comparator.comparing(PathState::path)).forEach(s -> out.add(toYaml(s)));
        return out;
    }

    private static Map<String, Object> toYaml(PathState state) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("path", state.path());
        if (state.hashName() == HashName.MD5 && state.hash() != null) {
            map.put("hash", "md5");
        }
        if (state.hash() != null) {
            map.put("md5", state.hash().value());
        }
        if (state.size() != null) {
            map.put("size", state.size());
        }
        if (state.fileCount() != null) {
            map.put("nfiles", state.fileCount());
        }
        if (state.executable()) {
            map.put("isexec", true);
        }
        return map;
    }
}

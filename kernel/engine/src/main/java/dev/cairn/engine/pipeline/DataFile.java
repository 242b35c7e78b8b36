package dev.cairn.engine.pipeline;

import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.engine.yaml.YamlEditor;
import dev.cairn.engine.yaml.YamlReader;
import dev.cairn.engine.yaml.YamlWriter;
import dev.cairn.store.hash.HashName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A {@code .dvc} file: data that is tracked, with its hash. */
public final class DataFile {
    private static final Set<String> KEYS =
            Set.of("md5", "frozen", "deps", "outs", "wdir", "meta", "desc", "always_changed", "cmd");

    private DataFile() {}

    /** The declaration and what is known of its content. */
    record Parsed(Stage stage, LockEntry entry) {}

    static Parsed parse(String path, byte[] content) {
        Map<String, @Nullable Object> body =
                YamlReader.readMapping(path, content).value();
        for (String key : body.keySet()) {
            if (!KEYS.contains(key)) {
                throw new InvalidFileException(
                        "'%s' validation failed.\n\nextra keys not allowed, in %s".formatted(path, key),
                        "Remove the key '%s'.".formatted(key));
            }
        }
        String directory = ProjectPath.resolve(ProjectPath.parent(path), text(body.getOrDefault("wdir", ".")));
        LockEntry entry = LockFile.entryOf(path, body);
        List<Output> outputs = new ArrayList<>();
        if (body.get("outs") instanceof List<?> outs) {
            for (Object item : outs) {
                if (item instanceof Map<?, ?> out) {
                    outputs.add(output(directory, out));
                }
            }
        }
        List<Dependency> dependencies = new ArrayList<>();
        for (PathState state : entry.dependencies()) {
            if (!state.path().contains("://")) {
                dependencies.add(new Dependency.OnFile(state.path(), ProjectPath.resolve(directory, state.path())));
            }
        }
        Stage stage = new Stage(
                new StageAddress(path, ""),
                Command.NONE,
                directory,
                dependencies,
                outputs,
                Boolean.TRUE.equals(body.get("frozen")),
                false,
                null);
        return new Parsed(stage, entry);
    }

    private static Output output(String directory, Map<?, ?> out) {
        String declared = text(out.get("path"));
        return new Output(
                declared,
                ProjectPath.resolve(directory, declared),
                Output.Kind.OUTPUT,
                !Boolean.FALSE.equals(out.get("cache")),
                Boolean.TRUE.equals(out.get("persist")),
                false,
                !Boolean.FALSE.equals(out.get("push")),
                out.get("remote") == null ? null : text(out.get("remote")),
                null);
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(value);
    }

    /**
     * The text of a .dvc file for one output.
     *
     * @param old the present text, whose comments and other keys are kept; null for a new file
     */
    public static String write(String path, @Nullable String old, PathState state) {
        Map<String, @Nullable Object> record = record(state);
        if (old == null) {
            record.put("path", state.path());
            return YamlWriter.write(Map.of("outs", List.of(record)));
        }
        YamlEditor editor = new YamlEditor(path, old);
        record.forEach((key, value) -> editor.set(List.of("outs", "0", key), value));
        for (String key : List.of("size", "nfiles", "isexec")) {
            if (!record.containsKey(key)) {
                editor.remove(List.of("outs", "0", key));
            }
        }
        return editor.text();
    }

    private static Map<String, @Nullable Object> record(PathState state) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("md5", Objects.requireNonNull(state.hash(), "hash is null").value());
        if (state.size() != null) {
            record.put("size", state.size());
        }
        if (state.fileCount() != null) {
            record.put("nfiles", state.fileCount());
        }
        if (state.executable()) {
            record.put("isexec", true);
        }
        if (state.hashName() == HashName.MD5) {
            record.put("hash", "md5");
        }
        return record;
    }

    /** The bytes of a text as they are written. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package dev.cairn.engine.pipeline;

import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.engine.project.RevisionFiles;
import dev.cairn.engine.yaml.YamlEditor;
import dev.cairn.engine.yaml.YamlReader;
import dev.cairn.engine.yaml.YamlWriter;
import dev.cairn.store.hash.HashName;
import dev.cairn.store.json.PythonJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A {@code .dvc} file: data that is tracked, with its hash. */
public final class DataFile {
    private static final Set<String> KEYS =
            Set.of("md5", "frozen", "deps", "outs", "wdir", "meta", "desc", "always_changed", "cmd");

    private DataFile() {}

    /** The declaration and what is known of its content. */
    record Parsed(Stage stage, LockEntry entry) {}

    static Parsed read(String path, RevisionFiles files) {
        return files.derive(
                Parsed.class, path, observed -> parse(path, observed.read(path).orElse(new byte[0])));
    }

    private static Parsed parse(String path, byte[] content) {
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
        ImportSource source = source(path, body, entry);
        if (source == null || source instanceof ImportSource.Location) {
            for (PathState state : entry.dependencies()) {
                inProject(directory, state.path())
                        .ifPresent(file -> dependencies.add(new Dependency.OnFile(state.path(), file)));
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
                null,
                source);
        return new Parsed(stage, entry);
    }

    /** A path that leads out of the project is no concern of the pipeline. */
    private static Optional<String> inProject(String directory, String declared) {
        if (declared.contains("://") || declared.startsWith("/")) {
            return Optional.empty();
        }
        int depth = directory.isEmpty() ? 0 : directory.split("/", -1).length;
        for (String part : declared.split("/", -1)) {
            depth += part.equals("..") ? -1 : part.isEmpty() || part.equals(".") ? 0 : 1;
            if (depth < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(ProjectPath.resolve(directory, declared));
    }

    /** DVC takes a .dvc file with one dependency and one output for an import. */
    private static @Nullable ImportSource source(String path, Map<String, ?> body, LockEntry entry) {
        boolean isImport = entry.dependencies().size() == 1 && entry.outputs().size() == 1;
        if (!isImport
                || !(body.get("deps") instanceof List<?> dependencies)
                || !(dependencies.get(0) instanceof Map<?, ?> dependency)) {
            return null;
        }
        PathState state = entry.dependencies().get(0);
        if (!(dependency.get("repo") instanceof Map<?, ?> repository)) {
            Object tag = dependency.get("etag") == null ? dependency.get("checksum") : dependency.get("etag");
            return new ImportSource.Location(state.path(), state, tag == null ? null : text(tag));
        }
        if (repository.get("url") == null) {
            throw new InvalidFileException(
                    "'%s' validation failed.\n\nrequired key not provided, in deps -> 0 -> repo -> url".formatted(path),
                    "Restore the file from Git.");
        }
        return new ImportSource.Repository(
                state.path(),
                text(repository.get("url")),
                repository.get("rev") == null ? null : text(repository.get("rev")),
                repository.get("rev_lock") == null ? null : text(repository.get("rev_lock")));
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

    /** The text with these keys set in the record of the output; the rest stays. */
    public static String annotate(String path, String text, Map<String, Object> values) {
        if (values.isEmpty()) {
            return text;
        }
        YamlEditor editor = new YamlEditor(path, text);
        values.forEach((key, value) -> editor.set(List.of("outs", "0", key), value));
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

    /**
     * The text of a .dvc file of imported data.
     *
     * @param old the present text, whose comments and other keys are kept; null for a new file
     * @param workingDirectory as it is to be written; null for the file's own directory
     * @param output without a hash when the data was not brought here
     * @param isLocked whether the checksum of the whole is to be written
     */
    public static String writeImport(
            String path,
            @Nullable String old,
            @Nullable String workingDirectory,
            boolean frozen,
            ImportSource source,
            PathState output,
            Map<String, Object> annotations,
            boolean isLocked) {
        Map<String, Object> dependency = dependency(source);
        Map<String, @Nullable Object> made = output.hash() == null ? new LinkedHashMap<>() : record(output);
        made.put("path", output.path());
        String md5 = isLocked ? checksum(workingDirectory, dependency, made) : null;
        if (old == null) {
            made.putAll(annotations);
            Map<String, Object> body = new LinkedHashMap<>();
            if (md5 != null) {
                body.put("md5", md5);
            }
            if (workingDirectory != null) {
                body.put("wdir", workingDirectory);
            }
            if (frozen) {
                body.put("frozen", true);
            }
            body.put("deps", List.of(dependency));
            body.put("outs", List.of(made));
            return YamlWriter.write(body);
        }
        YamlEditor editor = new YamlEditor(path, old);
        if (md5 != null) {
            editor.set(List.of("md5"), md5);
        }
        replace(editor, "deps", dependency, List.of("md5", "size", "nfiles", "etag", "checksum", "hash"));
        replace(editor, "outs", made, List.of("md5", "size", "nfiles", "isexec", "hash"));
        return editor.text();
    }

    private static void replace(YamlEditor editor, String list, Map<String, ?> record, List<String> passing) {
        record.forEach((key, value) -> editor.set(List.of(list, "0", key), value));
        for (String key : passing) {
            if (!record.containsKey(key)) {
                editor.remove(List.of(list, "0", key));
            }
        }
    }

    private static Map<String, Object> dependency(ImportSource source) {
        Map<String, Object> out = new LinkedHashMap<>();
        if (source instanceof ImportSource.Repository repository) {
            Map<String, Object> place = new LinkedHashMap<>();
            place.put("url", repository.url());
            if (repository.revision() != null) {
                place.put("rev", repository.revision());
            }
            if (repository.lockedRevision() != null) {
                place.put("rev_lock", repository.lockedRevision());
            }
            out.put("path", repository.path());
            out.put("repo", place);
        } else if (source instanceof ImportSource.Location location) {
            if (location.state().hash() != null) {
                record(location.state()).forEach((key, value) -> out.put(key, Objects.requireNonNull(value)));
            } else if (location.tag() != null) {
                out.put("checksum", location.tag());
                if (location.state().size() != null) {
                    out.put("size", location.state().size());
                }
            }
            out.put("path", location.path());
        }
        return out;
    }

    /** MD5 of what matters, as JSON with sorted keys. */
    private static String checksum(
            @Nullable String workingDirectory, Map<String, Object> dependency, Map<String, @Nullable Object> output) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (workingDirectory != null) {
            body.put("wdir", workingDirectory);
        }
        body.put("deps", List.of(significant(dependency)));
        body.put("outs", List.of(significant(output)));
        try {
            byte[] json = PythonJson.dumpsSorted(body).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(json));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has MD5", e);
        }
    }

    private static Map<String, @Nullable Object> significant(Map<String, ? extends @Nullable Object> record) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>(record);
        List.of("size", "nfiles", "isexec").forEach(out::remove);
        return out;
    }

    /** The bytes of a text as they are written. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

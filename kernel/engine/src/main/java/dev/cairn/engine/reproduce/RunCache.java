package dev.cairn.engine.reproduce;

import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.LockFile;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.RunCacheEntry;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.yaml.YamlWriter;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.json.PythonJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What runs with the same command, dependencies and parameters gave before: {@code runs/<2>/<key>/<value>} in the cache, shared with DVC.
 * The key is the SHA-256 of the lock entry with only the paths of its outputs, the value that of the whole entry.
 */
public final class RunCache {
    private final Project project;

    public RunCache(Project project) {
        this.project = project;
    }

    /** Whether runs of the stage are remembered: one with dependencies and outputs, none of which outlives a run. */
    static boolean saves(Stage stage) {
        return !stage.isData()
                && !stage.dependencies().isEmpty()
                && !stage.outputs().isEmpty()
                && !stage.alwaysChanged()
                && stage.outputs().stream().noneMatch(Output::persist);
    }

    /** Whether outputs of the stage may come from a run that is remembered. Checkpoints go on from what is there. */
    static boolean restores(Stage stage) {
        return saves(stage) && !stage.isCheckpoint();
    }

    /** Remembers what a stage has become, if runs of it are remembered: what is not cached goes into the cache for that. */
    public void remember(Stage stage, LockEntry entry, OutputCommitter committer) {
        if (saves(stage)) {
            committer.storeUncached(stage);
            save(entry);
        }
    }

    private void save(LockEntry entry) {
        Map<String, Object> body = LockFile.toYaml(entry);
        Path file = directory(body).resolve(sha256(hashed(body, false)));
        if (Files.exists(file)) {
            return;
        }
        AtomicFiles.write(file, YamlWriter.write(body).getBytes(StandardCharsets.UTF_8));
    }

    /** A remembered run with the same key whose cached outputs are all in the cache. */
    Optional<LockEntry> find(LockEntry entry) {
        Path directory = directory(LockFile.toYaml(entry));
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> sorted =
                    files.sorted(Comparator.comparing(Path::toString)).toList();
            for (Path file : sorted) {
                Optional<LockEntry> found = read(file).filter(this::isComplete);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    /** Every remembered run with the same key, whether its outputs are in the cache or not. */
    List<LockEntry> candidates(LockEntry entry) {
        Path directory = directory(LockFile.toYaml(entry));
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<LockEntry> found = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                read(file).ifPresent(found::add);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    private Optional<LockEntry> read(Path file) throws IOException {
        try {
            return Optional.of(RunCacheEntry.parse(file.toString(), Files.readAllBytes(file)));
        } catch (InvalidFileException e) {
            return Optional.empty(); // a damaged entry remembers nothing; the command runs instead
        }
    }

    private boolean isComplete(LockEntry entry) {
        return entry.outputs().stream()
                .allMatch(o -> o.hash() != null && CacheContent.isWhole(project.cache(o.hashName()), o.hash()));
    }

    private Path directory(Map<String, Object> body) {
        String key = sha256(hashed(body, true));
        return project.config()
                .cacheDirectory()
                .resolve("runs")
                .resolve(key.substring(0, 2))
                .resolve(key);
    }

    /** The entry without sizes; for the key, outputs are their paths. */
    private static Map<String, Object> hashed(Map<String, Object> body, boolean isKey) {
        Map<String, Object> out = new LinkedHashMap<>(body);
        out.computeIfPresent("deps", (k, v) -> withoutSizes(v));
        out.computeIfPresent("outs", (k, v) -> isKey ? paths(v) : withoutSizes(v));
        return out;
    }

    private static List<Object> withoutSizes(Object records) {
        List<Object> out = new ArrayList<>();
        for (Object item : (List<?>) records) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            ((Map<?, ?>) item).forEach((k, v) -> copy.put(String.valueOf(k), v));
            copy.remove("size");
            copy.remove("nfiles");
            out.add(copy);
        }
        return out;
    }

    private static List<Object> paths(Object records) {
        List<Object> out = new ArrayList<>();
        ((List<?>) records).forEach(item -> out.add(String.valueOf(((Map<?, ?>) item).get("path"))));
        return out;
    }

    /** An entry as it will be once the stage has run, for {@link #find}. */
    static LockEntry keyEntry(
            Stage stage, List<PathState> dependencies, Map<String, Map<String, @Nullable Object>> params) {
        List<PathState> outputs = stage.outputs().stream()
                .map(o -> PathState.unknown(o.declared()))
                .toList();
        return new LockEntry(stage.command(), dependencies, params, outputs);
    }

    private static String sha256(Map<String, Object> body) {
        try {
            byte[] json = PythonJson.dumpsSorted(body).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}

package dev.cairn.engine.metric;

import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.project.RevisionFiles;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import dev.cairn.store.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What can be read at one revision: its own files, and behind them the outputs that only the cache holds. A file that is there wins over
 * the tracked content of the same path. Not for use by several threads.
 */
public final class RevisionData {
    public static final String WORKSPACE = "workspace";

    private final String name;
    private final RevisionFiles files;
    private final Function<RevisionFiles, Pipeline> pipelines;
    private final ContentLookup contents;
    private @Nullable Pipeline pipeline;

    /**
     * @param name as it is to appear in results
     * @param pipelines reads the stages; called once, when they are first asked for
     * @param contents the cache
     */
    public RevisionData(
            String name, RevisionFiles files, Function<RevisionFiles, Pipeline> pipelines, ContentLookup contents) {
        this.name = name;
        this.files = files;
        this.pipelines = pipelines;
        this.contents = contents;
    }

    public String name() {
        return name;
    }

    public boolean isWorkspace() {
        return name.equals(WORKSPACE);
    }

    public RevisionFiles files() {
        return files;
    }

    /** @throws dev.cairn.engine.error.EngineException when the pipeline files cannot be read */
    public Pipeline pipeline() {
        Pipeline known = pipeline;
        if (known == null) {
            known = pipelines.apply(files);
            pipeline = known;
        }
        return known;
    }

    /** The bytes of the file, from the revision or from the cache. */
    Optional<byte[]> read(String path) {
        return files.read(path).or(() -> tracked(path).flatMap(this::load));
    }

    /** Whether there is such a file, or a lock that says there should be one: then its content may still be missing. */
    boolean isFile(String path) {
        return files.isFile(path)
                || tracked(path).filter(t -> !t.hash().isDirectory()).isPresent();
    }

    boolean exists(String path) {
        return files.exists(path) || tracked(path).isPresent();
    }

    boolean isDirectory(String path) {
        return files.exists(path)
                ? !files.isFile(path)
                : tracked(path).filter(t -> t.hash().isDirectory()).isPresent();
    }

    /** The files below a directory, in the revision and in what the cache has of it, sorted. */
    List<String> list(String directory) {
        TreeSet<String> paths = new TreeSet<>(files.list(directory));
        tracked(directory).filter(t -> t.hash().isDirectory()).ifPresent(t -> manifest(t)
                .forEach(entry -> paths.add(directory + "/" + entry.path())));
        return List.copyOf(paths);
    }

    private Optional<byte[]> load(Tracked tracked) {
        return tracked.hash().isDirectory() ? Optional.empty() : contents.read(tracked.hash(), tracked.hashName());
    }

    private Optional<Tracked> tracked(String path) {
        for (Map.Entry<StageAddress, Stage> entry : pipeline().stages().entrySet()) {
            for (Output output : entry.getValue().outputs()) {
                boolean itself = path.equals(output.path());
                if (output.cached() && (itself || path.startsWith(output.path() + "/"))) {
                    Optional<Tracked> found = locked(entry.getKey(), output);
                    return itself
                            ? found
                            : found.flatMap(
                                    t -> below(t, path.substring(output.path().length() + 1)));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Tracked> locked(StageAddress address, Output output) {
        Optional<PathState> state =
                pipeline().lock(address).flatMap((LockEntry lock) -> lock.output(output.declared()));
        return state.flatMap(s -> {
            ContentHash hash = s.hash();
            return hash == null ? Optional.empty() : Optional.of(new Tracked("", hash, s.hashName()));
        });
    }

    private Optional<Tracked> below(Tracked directory, String path) {
        return directory.hash().isDirectory()
                ? manifest(directory).stream()
                        .filter(t -> t.path().equals(path))
                        .findFirst()
                : Optional.empty();
    }

    private List<Tracked> manifest(Tracked directory) {
        List<Tracked> entries = new ArrayList<>();
        contents.read(directory.hash(), directory.hashName())
                .map(JsonReader::parse)
                .ifPresent(manifest -> {
                    if (manifest instanceof List<?> items) {
                        for (Object item : items) {
                            if (item instanceof Map<?, ?> map
                                    && map.get("relpath") instanceof String path
                                    && map.get("md5") instanceof String hash) {
                                ContentHash.tryParse(hash)
                                        .ifPresent(h -> entries.add(new Tracked(path, h, directory.hashName())));
                            }
                        }
                    }
                });
        return entries;
    }

    /** @param path inside the directory that lists it; empty for an output itself */
    private record Tracked(String path, ContentHash hash, HashName hashName) {}
}

package dev.cairn.engine.source;

import dev.cairn.engine.error.MissingDataException;
import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.engine.project.RevisionFiles;
import dev.cairn.store.cas.ContentStore;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of a repository at one revision: those in Git or on disk, and those that DVC tracks. */
public final class SourceTree {
    private final @Nullable Project project;
    private final RevisionFiles files;
    private final boolean isWorkspace;
    private final SortedMap<String, Item> items = new TreeMap<>();
    private final SortedMap<String, PathState> outputs = new TreeMap<>();

    SourceTree(@Nullable Project project, RevisionFiles files, boolean isWorkspace) {
        this.project = project;
        this.files = files;
        this.isWorkspace = isWorkspace;
        for (String path : isWorkspace ? filesOnDisk() : files.list("")) {
            if (!path.equals(".dvc") && !path.startsWith(".dvc/")) {
                items.put(path, new Item(path, null, HashName.MD5_DOS2UNIX));
            }
        }
    }

    /** A file: in Git or on disk, or in a cache. */
    private record Item(String path, @Nullable ContentHash hash, HashName hashName) {}

    /**
     * One line of a listing.
     *
     * @param path relative to what was listed
     * @param isOutput whether DVC tracks it
     */
    public record Entry(String path, boolean isOutput, boolean isDirectory, boolean isExecutable) {}

    /** Brings objects into the cache of the repository that they belong to. */
    public interface Fetch {
        void fetch(Project owner, Map<HashName, List<ContentHash>> objects);
    }

    /** Adds what DVC tracks. */
    public SourceTree withOutputs(Fetch fetch) {
        Project owner = project;
        if (owner == null) {
            return this;
        }
        Pipeline pipeline = PipelineReader.read(files);
        for (Stage stage : pipeline.stages().values()) {
            Optional<LockEntry> lock = pipeline.lock(stage.address());
            for (Output output : stage.outputs()) {
                PathState state = lock.flatMap(l -> l.output(output.declared())).orElse(null);
                if (state != null && state.hash() != null && output.cached()) {
                    add(owner, output.path(), state, state.hash(), fetch);
                } else if (output.cached()) {
                    outputs.put(output.path(), PathState.unknown(output.declared()));
                }
            }
        }
        return this;
    }

    private void add(Project owner, String path, PathState state, ContentHash hash, Fetch fetch) {
        outputs.put(path, state);
        if (!hash.isDirectory()) {
            items.putIfAbsent(path, new Item(path, hash, state.hashName()));
            return;
        }
        ContentStore cache = owner.cache(state.hashName());
        if (!cache.contains(hash)) {
            fetch.fetch(owner, Map.of(state.hashName(), List.of(hash)));
        }
        cache.manifest(hash).ifPresent(manifest -> manifest.entries()
                .forEach(entry -> items.putIfAbsent(
                        path + "/" + entry.path(),
                        new Item(path + "/" + entry.path(), entry.hash(), state.hashName()))));
    }

    private List<String> filesOnDisk() {
        Project owner = java.util.Objects.requireNonNull(project);
        Path root = owner.root();
        List<String> found = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    boolean isHidden = !directory.equals(root)
                            && (directory.getFileName().toString().equals(".git")
                                    || directory.equals(owner.dvcDirectory())
                                    || owner.ignoreRules().isIgnored(directory, true));
                    return isHidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!owner.ignoreRules().isIgnored(file, false)) {
                        found.add(root.relativize(file).toString().replace('\\', '/'));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + root, e);
        }
        return found;
    }

    private boolean isTracked(String path) {
        return outputs.keySet().stream().anyMatch(output -> ProjectPath.isIn(path, output));
    }

    /**
     * What is in a directory.
     *
     * @param path a directory, or one file; empty for the top
     * @param recursive whether to give the files at any depth; else files and directories right in it
     * @param onlyTracked whether to give only what DVC tracks
     * @return empty when there is nothing of that path
     */
    public Optional<List<Entry>> list(String path, boolean recursive, boolean onlyTracked) {
        SortedMap<String, Entry> found = new TreeMap<>();
        boolean isThere = path.isEmpty();
        SortedMap<String, Item> known = new TreeMap<>(items);
        outputs.forEach((output, state) -> {
            if (state.hash() == null) {
                known.putIfAbsent(output, new Item(output, null, state.hashName()));
            }
        });
        for (Item item : known.values()) {
            if (!ProjectPath.isIn(item.path(), path)) {
                continue;
            }
            isThere = true;
            boolean isTracked = isTracked(item.path());
            if (onlyTracked && !isTracked) {
                continue;
            }
            String inside = path.isEmpty()
                    ? item.path()
                    : item.path().equals(path)
                            ? ProjectPath.name(path)
                            : item.path().substring(path.length() + 1);
            int slash = recursive ? -1 : inside.indexOf('/');
            if (slash < 0) {
                found.put(inside, new Entry(inside, isTracked, false, isExecutable(item)));
            } else {
                String name = inside.substring(0, slash);
                String whole = path.isEmpty() ? name : path + "/" + name;
                found.put(name, new Entry(name, isTracked(whole), true, false));
            }
        }
        return isThere ? Optional.of(List.copyOf(found.values())) : Optional.empty();
    }

    private boolean isExecutable(Item item) {
        return isWorkspace
                && item.hash() == null
                && Files.isExecutable(java.util.Objects.requireNonNull(project).resolve(item.path()));
    }

    /** Where the cache keeps what DVC tracks at a path; empty when it tracks nothing there. */
    public Optional<Path> cachePath(String path) {
        Project owner = project;
        if (owner == null) {
            return Optional.empty();
        }
        PathState whole = outputs.get(path);
        if (whole != null && whole.hash() != null) {
            return Optional.of(owner.cache(whole.hashName()).pathOf(whole.hash()));
        }
        return outputs.entrySet().stream()
                .filter(output -> ProjectPath.isIn(path, output.getKey()))
                .findFirst()
                .flatMap(output -> fileIn(owner, output.getKey(), output.getValue(), path));
    }

    private static Optional<Path> fileIn(Project owner, String directory, PathState state, String path) {
        ContentHash hash = state.hash();
        if (hash == null || !hash.isDirectory()) {
            return Optional.empty();
        }
        ContentStore cache = owner.cache(state.hashName());
        return cache.manifest(hash)
                .map(manifest -> manifest.byPath().get(path.substring(directory.length() + 1)))
                .map(cache::pathOf);
    }

    /**
     * Copies a file or directory, replacing what is there.
     *
     * @throws MissingDataException when there is nothing of that path, or its content is nowhere
     */
    public void copy(String path, Path target, Fetch fetch) {
        List<Item> chosen = items.values().stream()
                .filter(item -> ProjectPath.isIn(item.path(), path))
                .toList();
        if (chosen.isEmpty()) {
            throw new MissingDataException(
                    "the path '%s' does not exist in the repository".formatted(path),
                    "`list URL` shows what is there.");
        }
        fetchMissing(chosen, fetch);
        AtomicFiles.deleteRecursively(target);
        for (Item item : chosen) {
            Path to = item.path().equals(path)
                    ? target
                    : target.resolve(path.isEmpty() ? item.path() : item.path().substring(path.length() + 1));
            copy(item, to);
        }
    }

    private void fetchMissing(List<Item> chosen, Fetch fetch) {
        Project owner = project;
        Map<HashName, List<ContentHash>> absent = new LinkedHashMap<>();
        for (Item item : chosen) {
            ContentHash hash = item.hash();
            if (owner != null && hash != null && !owner.cache(item.hashName()).contains(hash)) {
                absent.computeIfAbsent(item.hashName(), n -> new ArrayList<>()).add(hash);
            }
        }
        if (owner != null && !absent.isEmpty()) {
            fetch.fetch(owner, absent);
        }
    }

    private void copy(Item item, Path target) {
        ContentHash hash = item.hash();
        Project owner = project;
        if (owner != null && hash != null) {
            Path object = owner.cache(item.hashName()).pathOf(hash);
            if (!Files.exists(object)) {
                throw new MissingDataException(
                        "the content of '%s' is neither in the repository's cache nor on its remote"
                                .formatted(item.path()),
                        "Run `push` there.");
            }
            SourceLocation.copy(object, target);
        } else if (owner != null && isWorkspace) {
            SourceLocation.copy(owner.resolve(item.path()), target);
        } else {
            AtomicFiles.write(target, files.read(item.path()).orElse(new byte[0]));
        }
    }
}

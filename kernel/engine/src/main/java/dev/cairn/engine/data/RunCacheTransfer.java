package dev.cairn.engine.data;

import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.RunCacheEntry;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.reproduce.CacheContent;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import dev.cairn.store.remote.Remote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Copies the memory of runs, the cache's {@code runs} directory, to a remote and from there. */
final class RunCacheTransfer {
    private static final String DIRECTORY = "runs";

    private final Path cache;
    private final Project project;
    private final Remote remote;

    RunCacheTransfer(Project project, Remote remote) {
        this.project = project;
        this.cache = project.config().cacheDirectory();
        this.remote = remote;
    }

    /** The outputs of the runs whose content is in the cache. */
    Map<HashName, Set<ContentHash>> outputs() {
        Map<HashName, Set<ContentHash>> found = new EnumMap<>(HashName.class);
        for (String path : files()) {
            read(cache.resolve(path)).ifPresent(entry -> entry.outputs().forEach(output -> {
                ContentHash hash = output.hash();
                if (hash != null && CacheContent.isWhole(project.cache(output.hashName()), hash)) {
                    found.computeIfAbsent(output.hashName(), name -> new LinkedHashSet<>())
                            .add(hash);
                }
            }));
        }
        return found;
    }

    private static Optional<LockEntry> read(Path file) {
        try {
            return Optional.of(RunCacheEntry.parse(file.toString(), Files.readAllBytes(file)));
        } catch (InvalidFileException e) {
            return Optional.empty(); // a damaged entry remembers nothing
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Sends what the remote has not; tells how many. */
    int push() {
        Set<String> there = remote.files(DIRECTORY);
        List<String> absent =
                files().stream().filter(path -> !there.contains(path)).toList();
        absent.forEach(path -> remote.send(cache.resolve(path), path));
        return absent.size();
    }

    /** Fetches what the cache has not; tells how many. */
    int fetch() {
        List<String> absent = remote.files(DIRECTORY).stream()
                .filter(RunCacheTransfer::isRun)
                .filter(path -> !Files.exists(cache.resolve(path)))
                .toList();
        absent.forEach(path -> remote.receive(path, cache.resolve(path)));
        return absent.size();
    }

    /** A remote is not to be believed in what its files are called. */
    private static boolean isRun(String path) {
        return path.matches(DIRECTORY + "/[0-9a-f]{2}/[0-9a-f]{64}/[0-9a-f]{64}");
    }

    private List<String> files() {
        Path runs = cache.resolve(DIRECTORY);
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(runs)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> cache.relativize(file).toString().replace('\\', '/'))
                    .filter(RunCacheTransfer::isRun)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + runs, e);
        }
    }
}

package dev.cairn.engine.source;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.pipeline.ImportSource;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.project.Project;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.hash.HashName;
import dev.cairn.store.snapshot.FileSnapshot;
import dev.cairn.store.snapshot.HashMemo;
import dev.cairn.store.snapshot.IgnoreRules;
import dev.cairn.store.snapshot.Snapshotter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A file or folder on this machine, or a file on the web, that data is imported from. */
public final class SourceLocation {
    private final String written;
    private final Optional<Path> file;

    private SourceLocation(String written, Optional<Path> file) {
        this.written = written;
        this.file = file;
    }

    /**
     * The place that a text means.
     *
     * @param directory that relative paths start from
     * @throws EngineException for an address that is neither a path nor http
     */
    public static SourceLocation of(Path directory, String written) {
        if (written.startsWith("http://") || written.startsWith("https://")) {
            return new SourceLocation(written, Optional.empty());
        }
        String path = written.startsWith("file://") ? written.substring("file://".length()) : written;
        if (path.contains("://")) {
            throw new EngineException(
                    "unsupported address '%s': only files and http(s) are imported from so far".formatted(written),
                    "Download it by the tool it belongs to, then `add` it.");
        }
        return new SourceLocation(written, Optional.of(directory.resolve(path).normalize()));
    }

    /** The place that a .dvc file names. */
    public static SourceLocation of(Project project, String workingDirectory, ImportSource.Location source) {
        return of(project.resolve(workingDirectory), source.path());
    }

    /** The file, unless it is on the web. */
    public Optional<Path> file() {
        return file;
    }

    public boolean exists() throws InterruptedException {
        return file.isPresent() ? Files.exists(file.get()) : WebFile.of(written).isPresent();
    }

    /**
     * What is there now, for a .dvc file; empty when there is nothing.
     *
     * @param declared the path to write
     */
    public Optional<ImportSource.Location> state(String declared, HashName hashName) throws InterruptedException {
        if (file.isEmpty()) {
            return WebFile.of(written)
                    .map(web -> new ImportSource.Location(
                            declared, new PathState(declared, null, hashName, web.size(), null, false), web.tag()));
        }
        return fileState(declared, hashName).map(state -> new ImportSource.Location(declared, state, null));
    }

    /** The same for a file or folder; empty for one on the web. */
    public Optional<PathState> fileState(String declared, HashName hashName) {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        FileSnapshot snapshot = snapshotter(file.get()).snapshot(file.get(), hashName);
        if (snapshot instanceof FileSnapshot.RegularFile regular) {
            return Optional.of(new PathState(declared, regular.hash(), hashName, regular.size(), null, false));
        }
        if (snapshot instanceof FileSnapshot.Directory tree) {
            return Optional.of(new PathState(declared, tree.hash(), hashName, tree.size(), tree.fileCount(), false));
        }
        return Optional.empty();
    }

    /** Nothing outside of the project is ignored. */
    private static Snapshotter snapshotter(Path path) {
        return new Snapshotter(new IgnoreRules(path), HashMemo.inMemory());
    }

    /** Copies it, replacing what is there. */
    public void copyTo(Path target) throws InterruptedException {
        AtomicFiles.deleteRecursively(target);
        if (file.isEmpty()) {
            WebFile.download(written, target);
            return;
        }
        copy(file.get(), target);
    }

    /** Copies the content of a file, or of a folder with all that is in it. Rights are not copied. */
    public static void copy(Path source, Path target) {
        try (Stream<Path> walk = Files.walk(source)) {
            for (Path from : walk.toList()) {
                Path to = from.equals(source)
                        ? target
                        : target.resolve(source.relativize(from).toString());
                if (Files.isDirectory(from)) {
                    AtomicFiles.makeDirectories(to);
                } else {
                    AtomicFiles.makeDirectories(Objects.requireNonNull(to.getParent()));
                    AtomicFiles.create(to, beside -> {
                        try (var in = Files.newInputStream(from)) {
                            Files.copy(in, beside);
                        }
                    });
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy %s to %s".formatted(source, target), e);
        }
    }
}

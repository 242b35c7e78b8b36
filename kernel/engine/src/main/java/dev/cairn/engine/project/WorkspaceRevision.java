package dev.cairn.engine.project;

import dev.cairn.store.git.GitIgnore;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.snapshot.IgnoreRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of the workspace. */
public final class WorkspaceRevision implements RevisionFiles {
    private final Path root;
    private final IgnoreRules ignoreRules;
    private final ParsingOptions parsing;
    private final @Nullable GitRepository git;
    private final DerivedValues derived;

    /** Of a project without Git. */
    public WorkspaceRevision(Path root, IgnoreRules ignoreRules) {
        this(root, ignoreRules, ParsingOptions.DEFAULT, null, new DerivedValues());
    }

    /**
     * Of a project.
     *
     * @param git whose ignored files are left out of {@link #pipelineFiles}; null where there is none
     * @param derived what was made of the workspace's files before
     */
    WorkspaceRevision(
            Path root,
            IgnoreRules ignoreRules,
            ParsingOptions parsing,
            @Nullable GitRepository git,
            DerivedValues derived) {
        this.root = root;
        this.ignoreRules = ignoreRules;
        this.parsing = parsing;
        this.git = git;
        this.derived = derived;
    }

    @Override
    public ParsingOptions parsing() {
        return parsing;
    }

    @Override
    public Optional<byte[]> read(String path) {
        Path file = root.resolve(path);
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public boolean isFile(String path) {
        return Files.isRegularFile(root.resolve(path));
    }

    @Override
    public boolean exists(String path) {
        return Files.exists(root.resolve(path));
    }

    @Override
    public List<String> list(String directory) {
        Path top = root.resolve(directory);
        if (!Files.isDirectory(top)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(top)) {
            return paths.filter(Files::isRegularFile)
                    .map(this::relative)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + top, e);
        }
    }

    @Override
    public List<String> pipelineFiles() {
        List<String> found = new ArrayList<>();
        GitIgnore gitRules = git == null ? null : git.ignoreRules();
        collect(
                root,
                found,
                (path, isDirectory) -> ignoreRules.isIgnored(path, isDirectory)
                        || gitRules != null && gitRules.isIgnored(path, isDirectory));
        found.sort(null);
        return found;
    }

    @Override
    public <T> T derive(Class<T> type, String path, Function<RevisionFiles, T> reader) {
        return derived.get(type, path, this, reader);
    }

    private void collect(Path directory, List<String> found, BiPredicate<Path, Boolean> ignored) {
        List<Path> directories = new ArrayList<>();
        Set<String> data = new HashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    directories.add(entry);
                } else if (isPipelineFile(name) && Files.isRegularFile(entry) && !ignored.test(entry, false)) {
                    found.add(relative(entry));
                    data.add(name.endsWith(".dvc") ? name.substring(0, name.length() - 4) : "");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
        for (Path child : directories) {
            boolean isTrackedData = data.contains(child.getFileName().toString()); // holds no stages, maybe many files
            if (!isTrackedData && !ignored.test(child, true)) {
                collect(child, found, ignored);
            }
        }
    }

    static boolean isPipelineFile(String path) {
        String name = ProjectPath.name(path);
        return name.equals("dvc.yaml") || name.endsWith(".dvc") && name.length() > 4;
    }

    private String relative(Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }
}

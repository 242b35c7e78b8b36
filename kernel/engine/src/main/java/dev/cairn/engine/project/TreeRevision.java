package dev.cairn.engine.project;

import dev.cairn.store.git.TreeFiles;
import dev.cairn.store.ignore.IgnoreFile;
import dev.cairn.store.ignore.IgnorePattern;
import dev.cairn.store.snapshot.IgnoreRules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The files of a commit. */
public final class TreeRevision implements RevisionFiles {
    private static final Path ROOT = Path.of("/");

    private final TreeFiles files;
    private final String prefix;
    private final ParsingOptions parsing;
    private final DerivedValues derived;

    /**
     * Of a repository that is no project.
     *
     * @param prefix where the project's root is in the repository: empty, or {@code sub/dir/}
     */
    public TreeRevision(TreeFiles files, String prefix) {
        this(files, prefix, ParsingOptions.DEFAULT, new DerivedValues());
    }

    /** @param derived what was made of the project's files before */
    TreeRevision(TreeFiles files, String prefix, ParsingOptions parsing, DerivedValues derived) {
        this.files = files;
        this.prefix = prefix;
        this.parsing = parsing;
        this.derived = derived;
    }

    @Override
    public ParsingOptions parsing() {
        return parsing;
    }

    @Override
    public Optional<byte[]> read(String path) {
        return files.read(prefix + path);
    }

    @Override
    public boolean isFile(String path) {
        return files.idOf(prefix + path).isPresent();
    }

    @Override
    public boolean exists(String path) {
        return files.exists(prefix + path);
    }

    @Override
    public List<String> list(String directory) {
        return files.list(prefix + directory).stream()
                .map(p -> p.substring(prefix.length()))
                .toList();
    }

    @Override
    public List<String> pipelineFiles() {
        List<String> all = files.list().stream()
                .filter(p -> p.startsWith(prefix))
                .map(p -> p.substring(prefix.length()))
                .toList();
        Map<String, IgnoreFile> ignores = new HashMap<>();
        all.stream()
                .filter(p -> ProjectPath.name(p).equals(IgnoreRules.FILE_NAME))
                .forEach(p -> ignores.put(ProjectPath.parent(p), ignoreFile(p)));
        return all.stream()
                .filter(WorkspaceRevision::isPipelineFile)
                .filter(p -> !isIgnored(p, ignores))
                .sorted()
                .toList();
    }

    @Override
    public <T> T derive(Class<T> type, String path, Function<RevisionFiles, T> reader) {
        return derived.ofTree(type, path, files.tree().name() + " " + parsing, this, reader);
    }

    private IgnoreFile ignoreFile(String path) {
        String text = read(path)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
        return IgnoreFile.parse(ROOT.resolve(ProjectPath.parent(path)), ROOT.resolve(path), text);
    }

    /** Whether the file or a directory above it is. */
    private static boolean isIgnored(String path, Map<String, IgnoreFile> ignores) {
        if (ignores.isEmpty()) {
            return false;
        }
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (isMatched(path.substring(0, slash), true, ignores)) {
                return true;
            }
        }
        return isMatched(path, false, ignores);
    }

    /** The nearest file's last pattern decides. */
    private static boolean isMatched(String path, boolean isDirectory, Map<String, IgnoreFile> ignores) {
        String directory = path;
        while (!directory.isEmpty()) {
            directory = ProjectPath.parent(directory);
            IgnoreFile file = ignores.get(directory);
            Optional<IgnorePattern> match =
                    file == null ? Optional.empty() : file.lastMatch(ROOT.resolve(path), isDirectory);
            if (match.isPresent()) {
                return !match.get().isNegated();
            }
        }
        return false;
    }
}

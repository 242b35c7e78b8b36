package dev.cairn.store.snapshot;

import dev.cairn.store.ignore.IgnoreFile;
import dev.cairn.store.ignore.IgnorePattern;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;

/**
 * What DVC does not look at below a project's root: the patterns of every {@code .dvcignore}, repositories' own directories, and
 * sub-projects (directories that hold a {@code .dvc} of their own). The nearest file and its latest pattern win; what lies in an
 * ignored directory is ignored.
 *
 * <p>Each file is read once and remembered, so an instance is good for one command. Safe for several threads.
 */
public final class IgnoreRules {
    /** The name of the ignore files. */
    public static final String FILE_NAME = ".dvcignore";

    private static final Set<String> REPOSITORY_DIRECTORIES = Set.of(".hg", ".dvc");

    private final Path root;
    private final Map<Path, IgnoreFile> files = new ConcurrentHashMap<>();
    private final Map<Path, Boolean> ignoredDirectories = new ConcurrentHashMap<>();

    /** The rules of the project at {@code root}. */
    public IgnoreRules(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** Whether the path is ignored. What lies outside the project is not. */
    public boolean isIgnored(Path path, boolean directory) {
        Path absolute = path.toAbsolutePath().normalize();
        if (!isBelowRoot(absolute)) {
            return false;
        }
        return isDirectoryIgnored(parentOf(absolute)) || isIgnoredItself(absolute, directory);
    }

    /**
     * The same for what lies directly in a directory, which is asked about many times.
     *
     * @param directory absolute and normalized
     * @return takes an absolute path in the directory, and whether it is a directory itself
     */
    BiPredicate<Path, Boolean> in(Path directory) {
        boolean isOutside = !directory.equals(root) && !isBelowRoot(directory);
        if (isOutside) {
            return (path, isDirectory) -> false;
        }
        if (isDirectoryIgnored(directory)) {
            return (path, isDirectory) -> true;
        }
        List<IgnoreFile> above = filesFrom(directory);
        return (path, isDirectory) -> isIgnoredItself(path, isDirectory, above);
    }

    /** The pattern that decides about the path, a re-including one too; of a parent directory when that is ignored. */
    public Optional<IgnorePattern> deciding(Path path, boolean directory) {
        List<IgnorePattern> all = matches(path, directory);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** All patterns that match the path or the outermost ignored directory above it; the last one decides. */
    public List<IgnorePattern> matches(Path path, boolean directory) {
        Path absolute = path.toAbsolutePath().normalize();
        if (!isBelowRoot(absolute)) {
            return List.of();
        }
        for (Path parent : parentsFromRoot(absolute)) {
            if (!parent.equals(root) && isMatched(parent, true)) {
                return ownMatches(parent, true);
            }
        }
        return ownMatches(absolute, directory);
    }

    private List<IgnorePattern> ownMatches(Path absolute, boolean directory) {
        List<IgnorePattern> all = new ArrayList<>();
        for (Path parent : parentsFromRoot(absolute)) {
            all.addAll(fileIn(parent).matches(absolute, directory));
        }
        return all;
    }

    private boolean isDirectoryIgnored(Path directory) {
        if (!isBelowRoot(directory)) {
            return false;
        }
        Boolean known = ignoredDirectories.get(directory);
        if (known == null) {
            known = isDirectoryIgnored(parentOf(directory)) || isIgnoredItself(directory, true);
            ignoredDirectories.put(directory, known);
        }
        return known;
    }

    private boolean isIgnoredItself(Path path, boolean directory) {
        return isIgnoredItself(path, directory, filesFrom(parentOf(path)));
    }

    private static boolean isIgnoredItself(Path path, boolean directory, List<IgnoreFile> above) {
        String name = String.valueOf(path.getFileName());
        if (name.equals(".git") || (directory && REPOSITORY_DIRECTORIES.contains(name))) {
            return true;
        }
        if (directory && Files.isDirectory(path.resolve(".dvc"))) {
            return true;
        }
        return isMatched(path, directory, above);
    }

    private boolean isMatched(Path path, boolean directory) {
        return isMatched(path, directory, filesFrom(parentOf(path)));
    }

    private static boolean isMatched(Path path, boolean directory, List<IgnoreFile> above) {
        for (IgnoreFile file : above) {
            Optional<IgnorePattern> match = file.lastMatch(path, directory);
            if (match.isPresent()) {
                return !match.get().isNegated();
            }
        }
        return false;
    }

    /** The files with patterns from a directory up to the root, the nearest first. */
    private List<IgnoreFile> filesFrom(Path directory) {
        List<IgnoreFile> found = new ArrayList<>();
        for (Path at = directory; ; at = parentOf(at)) {
            IgnoreFile file = fileIn(at);
            if (!file.patterns().isEmpty()) {
                found.add(file);
            }
            if (at.equals(root)) {
                return found;
            }
        }
    }

    private IgnoreFile fileIn(Path directory) {
        return files.computeIfAbsent(directory, d -> IgnoreFile.read(d, d.resolve(FILE_NAME)));
    }

    private List<Path> parentsFromRoot(Path path) {
        List<Path> parents = new ArrayList<>();
        Path current = root;
        parents.add(current);
        for (Path name : root.relativize(parentOf(path))) {
            if (!name.toString().isEmpty()) {
                current = current.resolve(name);
                parents.add(current);
            }
        }
        return parents;
    }

    private boolean isBelowRoot(Path path) {
        return path.startsWith(root) && !path.equals(root);
    }

    private Path parentOf(Path path) {
        Path parent = path.getParent();
        return parent == null ? root : parent;
    }
}

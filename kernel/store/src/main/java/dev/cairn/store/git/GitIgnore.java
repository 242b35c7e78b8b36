package dev.cairn.store.git;

import dev.cairn.store.ignore.IgnoreFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Git's ignore rules of one work tree: every {@code .gitignore}, {@code info/exclude} and the user's file. Read anew each time. */
public final class GitIgnore {
    private final Path workTree;
    private final List<Path> shared;
    private final Map<Path, IgnoreFile> read = new HashMap<>();

    /** {@code shared} are the files that apply everywhere, the stronger first. */
    GitIgnore(Path workTree, List<Path> shared) {
        this.workTree = workTree;
        this.shared = List.copyOf(shared);
    }

    /** Whether Git ignores the path, which need not exist. */
    public boolean isIgnored(Path path, boolean directory) {
        Path absolute = path.toAbsolutePath().normalize();
        if (!absolute.startsWith(workTree) || absolute.equals(workTree)) {
            return false;
        }
        List<IgnoreFile> weakerFirst = new ArrayList<>();
        for (int i = shared.size() - 1; i >= 0; i--) {
            weakerFirst.add(file(workTree, shared.get(i)));
        }
        Path parent = workTree;
        Path below = workTree.relativize(absolute);
        for (int depth = 1; depth <= below.getNameCount(); depth++) {
            weakerFirst.add(file(parent, parent.resolve(".gitignore")));
            Path current = workTree.resolve(below.subpath(0, depth));
            if (matches(weakerFirst, current, depth < below.getNameCount() || directory)) {
                return true;
            }
            parent = current;
        }
        return false;
    }

    private IgnoreFile file(Path directory, Path file) {
        return read.computeIfAbsent(file, f -> IgnoreFile.read(directory, f));
    }

    private static boolean matches(List<IgnoreFile> weakerFirst, Path path, boolean directory) {
        for (int i = weakerFirst.size() - 1; i >= 0; i--) {
            var match = weakerFirst.get(i).lastMatch(path, directory);
            if (match.isPresent()) {
                return !match.get().isNegated();
            }
        }
        return false;
    }
}

package dev.cairn.jupyter.magic;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files by a pattern such as {@code lib/*.jar}. */
public final class FilePattern {
    private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

    private FilePattern() {}

    /** The files that fit, sorted; a path without wildcards stands for itself when it is there. */
    public static List<Path> expand(Path pattern) throws IOException {
        if (Files.exists(pattern)) {
            return List.of(pattern);
        }
        Path directory = pattern;
        while (directory != null && WILDCARD.matcher(directory.toString()).find()) {
            directory = directory.getParent();
        }
        if (directory == null || directory.equals(pattern) || !Files.isDirectory(directory)) {
            return List.of();
        }
        int depth = pattern.toString().contains("**")
                ? Integer.MAX_VALUE
                : pattern.getNameCount() - directory.getNameCount();
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        try (Stream<Path> files = Files.walk(directory, depth)) {
            return files.filter(matcher::matches).sorted().toList();
        }
    }
}

package dev.cairn.store.ignore;

import dev.cairn.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.ignore.FastIgnoreRule;

/** The patterns of one ignore file, in the grammar of {@code .gitignore}; they apply below {@code directory}. */
public record IgnoreFile(Path directory, List<IgnorePattern> patterns) {
    public IgnoreFile {
        patterns = List.copyOf(patterns);
    }

    /** Reads the file; an absent one has no patterns. */
    public static IgnoreFile read(Path directory, Path file) {
        if (!Files.isRegularFile(file)) {
            return new IgnoreFile(directory, List.of());
        }
        try {
            // Bytes that are no UTF-8 must not fail: they can only match names that are none either.
            return parse(directory, file, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw StoreException.io("read '" + file + "'", e);
        }
    }

    /** The patterns in {@code text}, which is the content of {@code file}. */
    public static IgnoreFile parse(Path directory, Path file, String text) {
        List<IgnorePattern> patterns = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\r?\n", -1)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            FastIgnoreRule rule = new FastIgnoreRule(line);
            if (!rule.isEmpty()) {
                patterns.add(new IgnorePattern(file, number, line, rule));
            }
        }
        return new IgnoreFile(directory, patterns);
    }

    /** The last pattern that matches the path, which lies below {@link #directory()}. */
    public Optional<IgnorePattern> lastMatch(Path path, boolean isDirectory) {
        if (patterns.isEmpty()) {
            return Optional.empty();
        }
        String relative = slashed(directory.relativize(path));
        for (int i = patterns.size() - 1; i >= 0; i--) {
            if (patterns.get(i).matches(relative, isDirectory)) {
                return Optional.of(patterns.get(i));
            }
        }
        return Optional.empty();
    }

    /** All patterns that match the path, in file order. */
    public List<IgnorePattern> matches(Path path, boolean isDirectory) {
        String relative = slashed(directory.relativize(path));
        return patterns.stream()
                .filter(pattern -> pattern.matches(relative, isDirectory))
                .toList();
    }

    private static String slashed(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }
}

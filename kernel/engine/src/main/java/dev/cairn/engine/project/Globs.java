package dev.cairn.engine.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Expands patterns as Python's {@code glob} does: {@code * ? [..]} in names, {@code **} for directories; hidden names only if meant. */
public final class Globs {
    private Globs() {}

    /** The existing paths that match, sorted, relative to the directory unless the pattern is absolute. */
    public static List<String> expand(Path directory, String pattern) {
        boolean isAbsolute = pattern.startsWith("/");
        List<String> found = new ArrayList<>();
        String[] parts = (isAbsolute ? pattern.substring(1) : pattern).split("/", -1);
        expand(isAbsolute ? Path.of("/") : directory, isAbsolute ? "/" : "", parts, 0, found);
        return found.stream().distinct().sorted().toList();
    }

    private static void expand(Path directory, String prefix, String[] parts, int index, List<String> found) {
        if (index == parts.length) {
            if (!prefix.isEmpty()) {
                found.add(
                        prefix.endsWith("/") && prefix.length() > 1
                                ? prefix.substring(0, prefix.length() - 1)
                                : prefix);
            }
            return;
        }
        String part = parts[index];
        boolean isLast = index == parts.length - 1;
        if (part.equals("**")) {
            expand(directory, prefix, parts, index + 1, found);
            for (String name : names(directory)) {
                Path child = directory.resolve(name);
                boolean isDirectory = Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
                if (!name.startsWith(".") && isDirectory) {
                    expand(child, prefix + name + "/", parts, index, found);
                } else if (!name.startsWith(".") && isLast) {
                    found.add(prefix + name);
                }
            }
            return;
        }
        Pattern regex = regex(part);
        for (String name : isPattern(part) ? names(directory) : List.of(part)) {
            boolean isMeant = part.startsWith(".") || !name.startsWith(".");
            Path child = directory.resolve(name);
            if (isMeant && regex.matcher(name).matches() && Files.exists(child, LinkOption.NOFOLLOW_LINKS)) {
                expand(child, prefix + name + (isLast ? "" : "/"), parts, index + 1, found);
            }
        }
    }

    private static boolean isPattern(String part) {
        return part.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
    }

    private static Pattern regex(String part) {
        if (!isPattern(part)) {
            return Pattern.compile(Pattern.quote(part));
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            int end = c == '[' ? part.indexOf(']', i + 2) : -1;
            if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (end > 0) {
                String set = part.substring(i + 1, end)
                        .replace("\\", "\\\\")
                        .replace("[", "\\[")
                        .replace("&", "\\&");
                regex.append('[')
                        .append(set.startsWith("!") ? "^" + set.substring(1) : set)
                        .append(']');
                i = end;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static List<String> names(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }
}

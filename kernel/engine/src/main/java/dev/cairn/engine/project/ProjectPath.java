package dev.cairn.engine.project;

import dev.cairn.engine.error.EngineException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Paths relative to a project's root, with {@code /}, as text. */
public final class ProjectPath {
    private ProjectPath() {}

    /**
     * The path that {@code relative} means in {@code directory}, without {@code .} and {@code ..}.
     *
     * @param directory relative to the root; empty for the root
     * @throws EngineException when it leaves the project
     */
    public static String resolve(String directory, String relative) {
        if (relative.startsWith("/")) {
            throw outside(relative);
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (directory + "/" + relative).split("/", -1)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    throw outside(relative);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    private static EngineException outside(String path) {
        return new EngineException(
                "'%s' is outside of the project".formatted(path), "Use a path below the project's root directory.");
    }

    /** The directory of a path; empty for the root. */
    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** The last part of a path. */
    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether the path is the directory or lies in it; the root (empty) holds everything. */
    public static boolean isIn(String path, String directory) {
        return directory.isEmpty() || path.equals(directory) || path.startsWith(directory + "/");
    }

    /** {@code path} as it is seen from {@code directory}, both relative to the root. */
    public static String relativize(String directory, String path) {
        if (directory.isEmpty()) {
            return path.isEmpty() ? "." : path;
        }
        String relative = java.nio.file.Path.of("/" + directory)
                .relativize(java.nio.file.Path.of("/" + path))
                .toString()
                .replace('\\', '/');
        return relative.isEmpty() ? "." : relative;
    }
}

package dev.cairn.engine.data;

import dev.cairn.engine.error.ExpectedFailureException;
import dev.cairn.engine.project.ProjectPath;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a download goes. */
final class LocalPlace {
    private LocalPlace() {}

    /**
     * The path to write, as the user would type it.
     *
     * @param source what is downloaded, whose name is taken when there is no other
     * @param out as typed: a path, or a directory to put it in; null for the working directory
     * @throws ExpectedFailureException when there is something already
     */
    static String of(Path workingDirectory, String source, @Nullable String out, boolean force) {
        String name = name(source);
        String place = name;
        if (out != null) {
            boolean isDirectory = Files.isDirectory(workingDirectory.resolve(out));
            place = isDirectory ? out.replaceFirst("/+$", "") + "/" + name : out;
        }
        Path file = workingDirectory.resolve(place);
        if (Files.exists(file) && !force) {
            throw new ExpectedFailureException(
                    "The %s '%s' already exists locally. \nTo override it, re-run with '--force'."
                            .formatted(Files.isDirectory(file) ? "directory" : "file", place),
                    "");
        }
        return place;
    }

    private static String name(String source) {
        String path = source.replaceFirst("^[a-z]+://[^/]*", "").replaceFirst("[?#].*$", "");
        return ProjectPath.name(Path.of("/").resolve(path).normalize().toString());
    }
}

package dev.cairn.jupyter.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The file {@code .cairn/kernel.properties} of a project; empty where there is none. */
final class ProjectFile {
    private static final String NAME = ".cairn/kernel.properties";

    private final Path root;
    private final Properties values;
    private final @Nullable String warning;

    private ProjectFile(Path root, Properties values, @Nullable String warning) {
        this.root = root;
        this.values = values;
        this.warning = warning;
    }

    /** The nearest one, in the directory or above it. */
    static ProjectFile find(Path workingDirectory) {
        for (Path directory = workingDirectory.toAbsolutePath().normalize();
                directory != null;
                directory = directory.getParent()) {
            if (Files.isRegularFile(directory.resolve(NAME))) {
                return read(directory, workingDirectory);
            }
        }
        return new ProjectFile(workingDirectory, new Properties(), null);
    }

    /** The directory that paths in it begin at. */
    Path root() {
        return root;
    }

    /** A value; the empty text when there is none. */
    String value(String key) {
        return values.getProperty(key, "");
    }

    Optional<String> warning() {
        return Optional.ofNullable(warning);
    }

    private static ProjectFile read(Path root, Path workingDirectory) {
        Path file = root.resolve(NAME);
        var values = new Properties();
        try {
            // What it says is run. In a directory that others can write to, it may be a trap.
            if (!isTrusted(file, workingDirectory)) {
                String warning = file + " belongs to somebody else than " + workingDirectory + " and is not heeded.";
                return new ProjectFile(root, values, warning);
            }
            try (var reader = Files.newBufferedReader(file)) {
                values.load(reader);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
        return new ProjectFile(root, values, null);
    }

    private static boolean isTrusted(Path file, Path workingDirectory) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("owner")) {
            return true;
        }
        UserPrincipal owner = Files.getOwner(file);
        return owner.getName().equals(System.getProperty("user.name"))
                || owner.getName().equals("root")
                || owner.equals(Files.getOwner(workingDirectory));
    }
}

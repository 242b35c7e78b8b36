package dev.cairn.engine.project;

import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.git.GitRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps outputs out of Git: one line each in the .gitignore of their own directory. */
public final class GitIgnoreEditor {
    private final Project project;
    private final List<String> added = new ArrayList<>();

    public GitIgnoreEditor(Project project) {
        this.project = project;
    }

    /**
     * Makes Git ignore the path; nothing happens when it does, or when the project is without Git.
     *
     * @param path relative to the project's root
     * @return the .gitignore that was written, relative to the root
     */
    public Optional<String> ignore(String path) {
        return ignore(path, 1);
    }

    /** The same with the line so many times, for DVC's {@code move} writes it three times and the bytes are to be equal. */
    public Optional<String> ignore(String path, int copies) {
        Optional<GitRepository> git = project.gitIfAny();
        if (git.isEmpty() || git.get().isIgnored(project.resolve(path))) {
            return Optional.empty();
        }
        String file = ignoreFile(path);
        String text = read(file);
        String entry = entry(path);
        if (text.lines().anyMatch(entry::equals)) {
            return Optional.empty();
        }
        String separator = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
        write(file, text + separator + (entry + "\n").repeat(copies));
        added.add(path);
        return Optional.of(file);
    }

    /**
     * Removes the path's line; an empty file goes away.
     *
     * @return the .gitignore that was changed, relative to the root
     */
    public Optional<String> unignore(String path) {
        String file = ignoreFile(path);
        String text = read(file);
        String entry = entry(path);
        List<String> kept = text.lines().filter(line -> !line.equals(entry)).toList();
        if (project.gitIfAny().isEmpty() || kept.size() == text.lines().count()) {
            return Optional.empty();
        }
        if (kept.isEmpty()) {
            try {
                Files.deleteIfExists(project.resolve(file));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete " + file, e);
            }
        } else {
            write(file, String.join("\n", kept) + "\n");
        }
        return Optional.of(file);
    }

    /** Takes back what {@link #ignore} has added. */
    public void undo() {
        added.forEach(this::unignore);
        added.clear();
    }

    private static String ignoreFile(String path) {
        String directory = ProjectPath.parent(path);
        return directory.isEmpty() ? ".gitignore" : directory + "/.gitignore";
    }

    /** The name, anchored, with what gitignore takes for a pattern escaped. */
    private static String entry(String path) {
        return "/"
                + ProjectPath.name(path)
                        .replaceAll("([\\\\\\[\\]*?#!])", "\\\\$1")
                        .replaceAll(" $", "\\\\ ");
    }

    private String read(String file) {
        Path path = project.resolve(file);
        try {
            return Files.exists(path) ? Files.readString(path) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    private void write(String file, String text) {
        Path path = project.resolve(file);
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the directory of " + path, e);
        }
        AtomicFiles.write(path, text.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.cairn.engine.data;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.store.cas.ObjectCopier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Makes files that are links into the cache files of their own, so that they can be edited. */
public final class Unprotector {
    private final Project project;

    public Unprotector(Project project) {
        this.project = project;
    }

    /**
     * Unlinks files and the files of directories.
     *
     * @param targets as typed
     * @throws EngineException when there is nothing at a target; those before it were unlinked
     */
    public void unprotect(List<String> targets) {
        try (ProjectLock lock = new ProjectLock(project)) {
            for (String target : targets) {
                Path path =
                        project.environment().workingDirectory().resolve(target).normalize();
                if (!Files.exists(path)) {
                    throw new EngineException(
                            "unexpected error - can't unprotect non-existing data '%s'".formatted(target),
                            "`checkout` brings tracked data to the workspace.");
                }
                unprotect(path);
            }
        }
    }

    /** Unlinks what is at the path, if anything is. */
    static void unprotect(Path path) {
        try {
            if (Files.isDirectory(path)) {
                List<Path> files;
                try (Stream<Path> all = Files.walk(path)) {
                    files = all.filter(file -> !Files.isDirectory(file)).toList();
                }
                for (Path file : files) {
                    ObjectCopier.unlink(file);
                }
            } else if (Files.exists(path)) {
                ObjectCopier.unlink(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unprotect " + path, e);
        }
    }
}

package dev.cairn.engine.experiment;

import dev.cairn.engine.project.Project;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.hash.HashName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that a killed process has begun to write beside others, in the workspace and in the cache. */
final class HalfWrittenFiles {
    /** As JGit names what will become the file of this name in the workspace. */
    private static final Pattern OF_GIT = Pattern.compile("\\._(.+?)\\d{5,}\\.tmp");

    /** A cache may be shared with machines whose processes are not known here. */
    private static final Duration ABANDONED = Duration.ofMinutes(1);

    private final Project project;

    HalfWrittenFiles(Project project) {
        this.project = project;
    }

    /** Those in the workspace and in the cache; the caller holds the project's lock. */
    void remove() {
        remove(project.root());
        Instant before = project.environment().clock().instant().minus(ABANDONED);
        for (HashName name : HashName.values()) {
            project.cache(name).sweep(before);
        }
    }

    /** Those of workers and of what queued experiments. */
    void removeFromQueue() {
        for (String place : List.of("exps/run", "exps/celery")) {
            remove(project.temporaryDirectory().resolve(place));
        }
    }

    private void remove(Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try {
            Files.walkFileTree(directory, new Sweeper());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clean " + directory, e);
        }
    }

    private final class Sweeper extends SimpleFileVisitor<Path> {
        private final Path cache = project.config().cacheDirectory();
        private final Path experiments = project.temporaryDirectory().resolve("exps");

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            boolean isOther = directory.getFileName().toString().equals(".git")
                    || directory.equals(cache)
                    || experiments.equals(directory.getParent())
                            && directory.getFileName().toString().startsWith("tmp");
            if (isOther) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            AtomicFiles.sweep(directory, Instant.MAX);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Matcher matcher = OF_GIT.matcher(file.getFileName().toString());
            if (attributes.isRegularFile()
                    && matcher.matches()
                    && Files.exists(file.resolveSibling(matcher.group(1)), LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) {
            return FileVisitResult.CONTINUE; // what cannot be looked at, no command of this user has written
        }
    }
}

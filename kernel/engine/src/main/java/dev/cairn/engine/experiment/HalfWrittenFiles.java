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

    void remove() {
        try {
            Files.walkFileTree(project.root(), new Sweeper());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clean " + project.root(), e);
        }
        Instant before = project.environment().clock().instant().minus(ABANDONED);
        for (HashName name : HashName.values()) {
            project.cache(name).sweep(before);
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

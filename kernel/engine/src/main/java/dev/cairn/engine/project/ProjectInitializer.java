package dev.cairn.engine.project;

import dev.cairn.engine.error.ExpectedFailureException;
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

/** Makes the working directory a project: {@code .dvc} and {@code .dvcignore}, staged in Git. */
public final class ProjectInitializer {
    private static final String IGNORE_HEADER =
            """
            # Add patterns of files dvc should ignore, which could improve
            # the performance. Learn more at
            # https://dvc.org/doc/user-guide/dvcignore
            """;

    private ProjectInitializer() {}

    /**
     * How to make the project.
     *
     * @param withoutScm do without Git
     * @param inSubdirectory allow a directory below the top of the Git repository
     * @param force replace what is there
     */
    public record Options(boolean withoutScm, boolean inSubdirectory, boolean force) {}

    /**
     * What was made.
     *
     *
     * @param root the new project's top directory
     *
     * @param inGit whether its files were staged
     */
    public record Initialized(Path root, boolean inGit) {}

    /**
     * Makes the project.
     *
     * @throws ExpectedFailureException when there is a project already, or no Git repository
     */
    public static Initialized initialize(Environment environment, Options options) {
        Path root = environment.workingDirectory();
        Path dvc = root.resolve(".dvc");
        if (Files.isDirectory(dvc) && !options.force()) {
            throw new ExpectedFailureException(
                    "failed to initiate DVC - '.dvc' exists. Use `-f` to force.", "It is a project already.");
        }
        Optional<GitRepository> git =
                options.withoutScm() ? Optional.empty() : GitRepository.discover(root, environment.variables());
        try {
            checkGit(root, git, options);
            AtomicFiles.deleteRecursively(dvc);
            Files.createDirectories(dvc.resolve("tmp"));
            List<Path> made = new ArrayList<>();
            made.add(write(dvc.resolve("config"), options.withoutScm() ? "[core]\n    no_scm = True\n" : ""));
            if (!options.withoutScm()) {
                made.add(write(dvc.resolve(".gitignore"), "/config.local\n/tmp\n/cache\n"));
            }
            Path ignore = root.resolve(".dvcignore");
            if (!Files.exists(ignore)) {
                made.add(write(ignore, IGNORE_HEADER));
            }
            git.ifPresent(g -> g.stage(made));
            return new Initialized(root, git.isPresent());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + dvc, e);
        } finally {
            git.ifPresent(GitRepository::close);
        }
    }

    private static void checkGit(Path root, Optional<GitRepository> git, Options options) throws IOException {
        if (options.withoutScm()) {
            return;
        }
        boolean isTop = git.isPresent() && Files.isSameFile(git.get().workTree(), root);
        if (git.isEmpty() || !isTop && !options.inSubdirectory()) {
            throw new ExpectedFailureException(
                    ("failed to initiate DVC - %s is not tracked by any supported SCM tool (e.g. Git). Use `--no-scm` if you don't want to use any SCM"
                                    + " or `--subdir` if initializing inside a subdirectory of a parent SCM repository.")
                            .formatted(root),
                    "Run `git init` here first.");
        }
    }

    private static Path write(Path file, String text) {
        AtomicFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
        return file;
    }
}

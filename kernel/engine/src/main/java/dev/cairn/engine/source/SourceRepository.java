package dev.cairn.engine.source;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.project.Environment;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.RevisionFiles;
import dev.cairn.engine.project.TreeRevision;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.git.GitRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Another repository that data is imported from: a directory with DVC, or with Git only, or an address that is cloned. */
public final class SourceRepository implements AutoCloseable {
    private final String url;
    private final @Nullable Project project;
    private final @Nullable GitRepository git;
    private final Optional<Path> clone;

    private SourceRepository(String url, @Nullable Project project, @Nullable GitRepository git, Optional<Path> clone) {
        this.url = url;
        this.project = project;
        this.git = git;
        this.clone = clone;
    }

    /**
     * Opens a repository.
     *
     * @param environment whose working directory a relative path starts from
     * @throws SourceException when there is none
     */
    public static SourceRepository open(Environment environment, String url) {
        Path directory = environment
                .workingDirectory()
                .resolve(url.startsWith("file://") ? url.substring("file://".length()) : url)
                .normalize();
        boolean isLocal = Files.isDirectory(directory) && !url.startsWith("file://");
        Optional<Path> root = isLocal ? Project.findRoot(directory) : Optional.empty();
        if (root.isPresent()) {
            Project project = Project.open(environment.in(root.get()));
            return new SourceRepository(url, project, project.gitIfAny().orElse(null), Optional.empty());
        }
        Optional<GitRepository> git = isLocal ? GitRepository.discover(directory) : Optional.empty();
        if (git.isPresent()) {
            return new SourceRepository(url, null, git.get(), Optional.empty());
        }
        if (!Files.exists(directory) && !url.contains("://") && !url.matches("[^/]+@[^/]+:.*")) {
            throw new SourceException(url, "No git repository was found at " + url, null);
        }
        return cloned(environment, url, Files.exists(directory) ? directory.toString() : url);
    }

    private static SourceRepository cloned(Environment environment, String url, String address) {
        Path copy = temporaryDirectory();
        try (Git made = Git.cloneRepository()
                .setURI(address)
                .setDirectory(copy.toFile())
                .call()) {
            made.close();
            if (Files.isDirectory(copy.resolve(".dvc"))) {
                Project project = Project.open(environment.in(copy));
                return new SourceRepository(url, project, project.gitIfAny().orElse(null), Optional.of(copy));
            }
            return new SourceRepository(url, null, GitRepository.discover(copy).orElseThrow(), Optional.of(copy));
        } catch (GitAPIException e) {
            AtomicFiles.deleteRecursively(copy);
            throw new SourceException(url, String.valueOf(e.getMessage()), e);
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("cairn-clone");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary directory", e);
        }
    }

    /** There is no such repository. */
    public static final class SourceException extends EngineException {
        private static final long serialVersionUID = 1L;

        SourceException(String url, String problem, @Nullable Throwable cause) {
            super(
                    "SCM error: Failed to clone repo '%s': %s".formatted(url, problem),
                    "Give the directory or address of a Git repository.",
                    cause);
        }
    }

    /**
     * The commit that a revision means now, 40 hex.
     *
     * @param revision null for the one that is checked out
     */
    public String commit(@Nullable String revision) {
        GitRepository repository = git;
        if (repository == null) {
            throw new EngineException("'%s' has no Git repository".formatted(url), "Import from it by `import-url`.");
        }
        Optional<ObjectId> found = revision == null ? repository.head() : resolve(repository, revision);
        return found.orElseThrow(() -> new EngineException(
                        revision == null
                                ? "'%s' has no commit".formatted(url)
                                : "unknown Git revision '%s'".formatted(revision),
                        "Name a branch, tag or commit of that repository."))
                .name();
    }

    private static Optional<ObjectId> resolve(GitRepository repository, String revision) {
        return repository.resolve(revision).or(() -> repository.resolve("refs/remotes/origin/" + revision));
    }

    /**
     * What is in the repository.
     *
     * @param revision null for the workspace of a DVC repository on this machine, else for the commit that is checked out
     */
    public SourceTree tree(@Nullable String revision) {
        Project owner = project;
        if (owner != null && revision == null && clone.isEmpty()) {
            return new SourceTree(owner, owner.workspace(), true);
        }
        ObjectId commit = ObjectId.fromString(commit(revision));
        if (owner != null) {
            return new SourceTree(owner, owner.revision(commit), false);
        }
        RevisionFiles files =
                new TreeRevision(java.util.Objects.requireNonNull(git).files(commit), "");
        return new SourceTree(null, files, false);
    }

    @Override
    public void close() {
        if (project != null) {
            project.close();
        } else if (git != null) {
            git.close();
        }
        clone.ifPresent(AtomicFiles::deleteRecursively);
    }
}

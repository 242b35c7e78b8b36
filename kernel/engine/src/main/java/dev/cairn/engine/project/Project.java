package dev.cairn.engine.project;

import dev.cairn.engine.error.NotARepositoryException;
import dev.cairn.engine.error.RepositoryBusyException;
import dev.cairn.store.cas.Checkout;
import dev.cairn.store.cas.ContentStore;
import dev.cairn.store.cas.Layout;
import dev.cairn.store.cas.LinkStrategy;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.hash.HashName;
import dev.cairn.store.lock.FlockLock;
import dev.cairn.store.lock.LockHeldException;
import dev.cairn.store.lock.RwLockFile;
import dev.cairn.store.snapshot.HashMemo;
import dev.cairn.store.snapshot.IgnoreRules;
import dev.cairn.store.snapshot.Snapshotter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * An open project: a directory with {@code .dvc} in it. Holds the Git repository and the memory of hashes open, so that a session opens
 * it once, and keeps what was made of its files; configuration and ignore rules are read anew by {@link #refresh}. One thread at a time.
 */
public final class Project implements AutoCloseable {
    /** As long as DVC waits for its lock. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(3);

    private final Path root;
    private final Path dvcDirectory;
    private final HashMemo memo;
    private final @Nullable GitRepository git;
    private final DerivedValues derived = new DerivedValues();
    private Environment environment;
    private ProjectConfig config;
    private IgnoreRules ignoreRules;
    private Layout layout;

    private Project(Path root, Environment environment) {
        this.root = root;
        this.dvcDirectory = root.resolve(".dvc");
        this.environment = environment;
        this.config = ProjectConfig.read(dvcDirectory, environment);
        this.ignoreRules = new IgnoreRules(root);
        this.memo = new HashMemo(dvcDirectory.resolve("tmp/cairn/hashes.mv"));
        this.git = config.isWithoutScm()
                ? null
                : GitRepository.discover(root, environment.variables()).orElse(null);
        this.layout = detectLayout();
    }

    /**
     * Opens the project that the working directory is in.
     *
     * @throws NotARepositoryException when there is no {@code .dvc} in it or above
     */
    public static Project open(Environment environment) {
        Path root = findRoot(environment.workingDirectory())
                .orElseThrow(() -> new NotARepositoryException(
                        "you are not inside of a DVC repository (checked up to mount point '/')",
                        "Run `init` in the top directory of your Git repository to make one."));
        return new Project(root, environment);
    }

    /** The nearest directory at or above that has a {@code .dvc} directory. */
    public static Optional<Path> findRoot(Path directory) {
        for (Path at = directory; at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve(".dvc"))) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /** Takes in what may have changed on disk since the last command. */
    public void refresh(Environment environment) {
        this.environment = environment;
        this.config = ProjectConfig.read(dvcDirectory, environment);
        this.ignoreRules = new IgnoreRules(root);
        this.layout = detectLayout();
    }

    /** A project is of DVC 3 when its cache has that layout and not the old one. */
    private Layout detectLayout() {
        Path cache = config.cacheDirectory();
        return Files.isDirectory(cache.resolve("files")) ? Layout.V3 : Layout.V2;
    }

    public Path root() {
        return root;
    }

    public Path dvcDirectory() {
        return dvcDirectory;
    }

    /** {@code .dvc/tmp}, made when it is not there. */
    public Path temporaryDirectory() {
        Path directory = dvcDirectory.resolve("tmp");
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + directory, e);
        }
        return directory;
    }

    public Environment environment() {
        return environment;
    }

    public ProjectConfig config() {
        return config;
    }

    public IgnoreRules ignoreRules() {
        return ignoreRules;
    }

    /** Which hash new records get. */
    public HashName hashName() {
        return layout.hashName();
    }

    /** The cache for records of the given kind; both kinds of DVC live side by side in one directory. */
    public ContentStore cache(HashName hashName) {
        Layout wanted = hashName == HashName.MD5 ? Layout.V3 : Layout.V2;
        return new ContentStore(config.cacheDirectory(), wanted);
    }

    public Checkout checkout(HashName hashName) {
        return new Checkout(cache(hashName), new LinkStrategy(config.linkTypes()), snapshotter(), hashName);
    }

    /** Where outputs were put. */
    public TrackedPlaces trackedPlaces() {
        return new TrackedPlaces(dvcDirectory.resolve("tmp/cairn/places"));
    }

    public Snapshotter snapshotter() {
        return new Snapshotter(ignoreRules, memo);
    }

    public Optional<GitRepository> gitIfAny() {
        return Optional.ofNullable(git);
    }

    /** The Git repository; throws when the project is without one. */
    public GitRepository git() {
        if (git == null) {
            throw new NotARepositoryException(
                    "Only supported for Git repositories. If you're seeing this error in a Git repo, try updating the DVC configuration with `dvc config core.no_scm false`.",
                    "Run `git init` in the project's top directory, then `git add` and `git commit`.");
        }
        return git;
    }

    /** Where the project's root is in the Git repository: empty, or {@code sub/dir/}. */
    public String gitPrefix() {
        if (git == null || git.workTree().equals(root)) {
            return "";
        }
        String relative =
                realPath(git.workTree()).relativize(realPath(root)).toString().replace('\\', '/');
        return relative.isEmpty() ? "" : relative + "/";
    }

    private static Path realPath(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot resolve " + path, e);
        }
    }

    public RevisionFiles workspace() {
        return new WorkspaceRevision(root, ignoreRules, config.parsing(), git, derived);
    }

    public RevisionFiles revision(ObjectId commitOrTree) {
        return new TreeRevision(git().files(commitOrTree), gitPrefix(), config.parsing(), derived);
    }

    /** The absolute path of one that is relative to the root. */
    public Path resolve(String projectPath) {
        return root.resolve(projectPath);
    }

    /** What the user typed, relative to the working directory, as a path relative to the root. */
    public String relativize(String argument) {
        Path absolute = environment.workingDirectory().resolve(argument).normalize();
        if (!absolute.startsWith(root)) {
            return ProjectPath.resolve("", "../" + argument);
        }
        return root.relativize(absolute).toString().replace('\\', '/');
    }

    /** The file of {@link #lock}. */
    public Path lockFile() {
        return temporaryDirectory().resolve("lock");
    }

    /**
     * Takes the lock that keeps other commands out, DVC's too.
     *
     * @throws RepositoryBusyException when another process holds it
     */
    public FlockLock lock() {
        return lock(LOCK_PATIENCE);
    }

    /** As {@link #lock()}, waiting as long as {@code patience}. */
    FlockLock lock(Duration patience) {
        try {
            return FlockLock.acquire(lockFile(), patience);
        } catch (LockHeldException e) {
            throw new RepositoryBusyException(
                    "Unable to acquire lock. Most likely another DVC process is running or was terminated abruptly.%s"
                            .formatted(e.pid()
                                    .map(pid -> " It is process " + pid + ".")
                                    .orElse("")),
                    "Wait until it ends, or stop it, and run the command again.",
                    e);
        }
    }

    /** The paths that running stages read and write, shared with DVC. */
    public RwLockFile readWriteLock(Consumer<String> warnings) {
        return new RwLockFile(temporaryDirectory(), warnings);
    }

    @Override
    public void close() {
        memo.close();
        if (git != null) {
            git.close();
        }
    }
}

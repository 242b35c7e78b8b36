package dev.cairn.store.git;

import dev.cairn.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheCheckout;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * A repository of its own beside another one, with a work tree to run something in: it borrows the other's objects and copies
 * none, its refs are its own, and {@link #handOver} copies back the objects that were made in it.
 */
public final class DetachedWorkTree {
    private final Path directory;
    private final GitRepository origin;

    private DetachedWorkTree(Path directory, GitRepository origin) {
        this.directory = directory;
        this.origin = origin;
    }

    /**
     * Makes one.
     *
     * @param directory that exists and is empty
     * @param head the commit that HEAD is detached at
     * @param tree the files, which the index has as well
     */
    public static DetachedWorkTree create(GitRepository origin, Path directory, ObjectId head, ObjectId tree) {
        try {
            Path git = directory.resolve(".git");
            for (String name : List.of("objects/info", "objects/pack", "refs/heads", "info")) {
                Files.createDirectories(git.resolve(name));
            }
            Path common = origin.repository().getCommonDirectory().toPath();
            Files.writeString(
                    git.resolve("objects/info/alternates"),
                    common.toRealPath().resolve("objects") + "\n",
                    StandardCharsets.UTF_8);
            Files.writeString(git.resolve("HEAD"), head.name() + "\n", StandardCharsets.UTF_8);
            Files.writeString(git.resolve("config"), configuration(common), StandardCharsets.UTF_8);
            Path exclude = common.resolve("info/exclude");
            if (Files.isRegularFile(exclude)) {
                Files.copy(exclude, git.resolve("info/exclude"));
            }
            checkOut(directory, tree);
            return new DetachedWorkTree(directory, origin);
        } catch (IOException e) {
            throw StoreException.io("make a work tree in '" + directory + "'", e);
        }
    }

    /** The other's configuration, so that names, filters and line ends are the same, but not where its work tree and hooks are. */
    private static String configuration(Path common) throws IOException {
        Config config = new Config();
        try {
            config.fromText(Files.readString(common.resolve("config"), StandardCharsets.UTF_8));
        } catch (ConfigInvalidException e) {
            throw new IOException(e.getMessage(), e);
        }
        config.unset("core", null, "worktree");
        config.unset("core", null, "hookspath");
        config.setBoolean("core", null, "bare", false);
        config.setInt("gc", null, "auto", 0);
        config.unset("extensions", null, "worktreeConfig");
        return config.toText();
    }

    private static void checkOut(Path directory, ObjectId tree) throws IOException {
        GitSystem.install();
        try (Repository repository = new FileRepositoryBuilder()
                .setGitDir(directory.resolve(".git").toFile())
                .setWorkTree(directory.toFile())
                .setMustExist(true)
                .build()) {
            DirCache index = repository.lockDirCache();
            DirCacheCheckout checkout = new DirCacheCheckout(repository, index, tree);
            checkout.setFailOnConflict(true);
            checkout.checkout();
        }
    }

    /** The directory with the files. */
    public Path directory() {
        return directory;
    }

    /** Copies to the other repository the objects that were made here, each in one step. Refs are the caller's. */
    public void handOver() {
        Path from = directory.resolve(".git/objects");
        Path to = origin.repository().getCommonDirectory().toPath().resolve("objects");
        try (Stream<Path> directories = Files.list(from)) {
            for (Path part : directories.toList()) {
                String name = part.getFileName().toString();
                if (name.length() == 2 || name.equals("pack")) {
                    copyAll(part, to.resolve(name));
                }
            }
        } catch (IOException e) {
            throw StoreException.io("copy Git objects to '" + to + "'", e);
        }
    }

    private static void copyAll(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(from)) {
            // A pack's index comes last: with it the pack counts.
            files = listed.filter(file -> isObject(file.getFileName().toString()))
                    .sorted((a, b) -> Boolean.compare(
                            a.toString().endsWith(".idx"), b.toString().endsWith(".idx")))
                    .toList();
        }
        for (Path file : files) {
            Path target = to.resolve(file.getFileName().toString());
            if (!Files.exists(target)) {
                Files.createDirectories(to);
                Path temporary = Files.createTempFile(to, "tmp_obj_", "");
                Files.copy(file, temporary, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private static boolean isObject(String name) {
        return name.length() == 38 || name.endsWith(".pack") || name.endsWith(".idx");
    }

    /**
     * Copies files or directories that Git does not bring along.
     *
     * @param paths from where, by path relative to the work tree
     */
    public void add(Map<String, Path> paths) {
        paths.forEach((path, source) -> {
            try (Stream<Path> files = Files.walk(source)) {
                for (Path file : files.toList()) {
                    Path target = directory
                            .resolve(path)
                            .resolve(source.relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(target);
                    } else {
                        Files.createDirectories(target.getParent());
                        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            } catch (FileAlreadyExistsException e) {
                throw new StoreException("'" + path + "' is a file in one place and a directory in the other.", "", e);
            } catch (IOException e) {
                throw StoreException.io("copy '" + source + "'", e);
            }
        });
    }
}

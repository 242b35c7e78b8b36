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
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ObjectStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * A repository of its own beside another one, with a work tree to run something in: it borrows the other's objects and copies
 * none, its refs are its own, and {@link #handOver} copies back what was made in it.
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

    /**
     * Copies to the other repository a commit and what it names, as far as they were made here. What is named comes before what names
     * it, so that the other repository never lacks a part. Refs are the caller's.
     */
    public void handOver(GitRepository here, ObjectId commit) {
        try (ObjectReader reader = here.repository().newObjectReader();
                ObjectInserter inserter = new LooseObjectInserter(origin.repository())) {
            copy(commit, reader, inserter);
            inserter.flush();
        } catch (IOException e) {
            throw StoreException.io("copy Git objects to '" + origin.gitDir() + "'", e);
        }
    }

    private void copy(ObjectId id, ObjectReader reader, ObjectInserter inserter) throws IOException {
        if (origin.has(id)) {
            return;
        }
        ObjectLoader object = reader.open(id);
        if (object.getType() == Constants.OBJ_COMMIT) {
            RevCommit commit = RevCommit.parse(object.getBytes());
            copy(commit.getTree(), reader, inserter);
            for (RevCommit parent : commit.getParents()) {
                copy(parent, reader, inserter);
            }
        } else if (object.getType() == Constants.OBJ_TREE) {
            for (CanonicalTreeParser tree = new CanonicalTreeParser(new byte[0], reader, id);
                    !tree.eof();
                    tree.next()) {
                if (!FileMode.GITLINK.equals(tree.getEntryRawMode())) {
                    copy(tree.getEntryObjectId(), reader, inserter);
                }
            }
        }
        try (ObjectStream content = object.openStream()) {
            inserter.insert(object.getType(), object.getSize(), content);
        }
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

package dev.cairn.store.git;

import dev.cairn.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.internal.storage.file.LockFile;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Commits kept as Git keeps its stash: the log of a ref is the list, and the ref points at the newest. Entries are added and
 * dropped under the ref's own lock, as Git and DVC do it.
 */
public final class StashList {
    private static final int ATTEMPTS = 200;
    private static final long PAUSE_MILLIS = 10;

    private final GitRepository repository;
    private final String ref;

    /** @param ref full name of the ref */
    public StashList(GitRepository repository, String ref) {
        this.repository = repository;
        this.ref = ref;
    }

    /** The entries, newest first. */
    public List<ReflogLine> entries() {
        return repository.reflog(ref);
    }

    /** Adds a commit. */
    public void push(ObjectId commit, String message) {
        new RefTransaction(repository).set(ref, commit, message);
    }

    /** Drops the entries of these commits; returns those that were there. */
    public Set<ObjectId> drop(Set<ObjectId> commits) {
        try {
            Path refFile = commonDirectory().resolve(ref);
            if (!Files.exists(log())) {
                return Set.of();
            }
            LockFile lock = lock(refFile);
            try {
                return drop(commits, lock, refFile);
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            throw new dev.cairn.store.OperationInterruptedException("changing '" + ref + "'");
        } catch (IOException e) {
            throw StoreException.io("change the log of '" + ref + "'", e);
        }
    }

    private LockFile lock(Path refFile) throws IOException, InterruptedException {
        Files.createDirectories(refFile.getParent());
        RefLockFile other = new RefLockFile(repository.repository(), ref);
        for (int i = 0; i < ATTEMPTS || other.mayBeAbandoned(); i++) {
            LockFile lock = new LockFile(refFile.toFile());
            if (lock.lock()) {
                return lock;
            }
            other.removeIfAbandoned();
            Thread.sleep(PAUSE_MILLIS);
        }
        throw new StoreException(
                "The Git ref '" + ref + "' is locked by another process.",
                "If no Git command is running, remove the file '" + refFile + ".lock'.");
    }

    private Set<ObjectId> drop(Set<ObjectId> commits, LockFile lock, Path refFile) throws IOException {
        List<String> kept = new ArrayList<>();
        Set<ObjectId> dropped = new java.util.LinkedHashSet<>();
        String last = ObjectId.zeroId().name();
        for (String line : Files.readAllLines(log(), StandardCharsets.UTF_8)) {
            ObjectId id = ObjectId.fromString(line.substring(41, 81));
            if (commits.contains(id)) {
                dropped.add(id);
                continue;
            }
            kept.add((kept.isEmpty() ? line.substring(0, 40) : last) + line.substring(40));
            last = id.name();
        }
        if (dropped.isEmpty()) {
            return dropped;
        }
        if (kept.isEmpty()) {
            Files.deleteIfExists(refFile);
            Files.deleteIfExists(log());
            lock.unlock();
            new RefTransaction(repository).delete(ref, null); // one that is packed
            return dropped;
        }
        Path written = log().resolveSibling(log().getFileName() + ".lock");
        Files.writeString(
                written,
                kept.stream().map(line -> line + "\n").collect(Collectors.joining()),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        Files.move(written, log(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        lock.write(ObjectId.fromString(last));
        if (!lock.commit()) {
            throw new StoreException("The Git ref '" + ref + "' could not be written.", "");
        }
        return dropped;
    }

    private Path log() {
        return commonDirectory().resolve("logs").resolve(ref);
    }

    private Path commonDirectory() {
        return repository.repository().getCommonDirectory().toPath();
    }
}

package dev.cairn.store.remote;

import dev.cairn.store.OperationInterruptedException;
import dev.cairn.store.StoreException;
import dev.cairn.store.cas.ContentStore;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.parallel.Parallel;
import dev.cairn.store.remote.TransferResult.TransferFailure;
import dev.cairn.store.snapshot.DirectoryManifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Moves objects between a store and a remote, several at a time. A directory's manifest goes over after all its files, so a
 * remote that has a manifest has the directory, and its files are not asked for one by one. One object's failure does not stop
 * the others.
 */
public final class Transfer {
    private final ContentStore store;
    private final Remote remote;
    private final int jobs;

    /** Moves up to {@code jobs} objects at a time. */
    public Transfer(ContentStore store, Remote remote, int jobs) {
        this.store = store;
        this.remote = remote;
        this.jobs = Math.max(1, jobs);
    }

    /** Sends the objects, and of directories their files, that the remote lacks. */
    public TransferResult upload(Collection<ContentHash> hashes) {
        Tally tally = new Tally();
        Set<ContentHash> absent = remote.findMissing(new LinkedHashSet<>(hashes));
        Map<ContentHash, DirectoryManifest> directories = new LinkedHashMap<>();
        Set<ContentHash> files = new LinkedHashSet<>();
        for (ContentHash hash : absent) {
            if (!hash.isDirectory()) {
                files.add(hash);
                continue;
            }
            Optional<DirectoryManifest> manifest = store.manifest(hash);
            manifest.ifPresentOrElse(found -> directories.put(hash, found), () -> tally.missing.add(hash));
            manifest.ifPresent(found -> found.entries().forEach(entry -> files.add(entry.hash())));
        }
        Set<ContentHash> lacking = remote.findMissing(files);
        remote.sweep(lacking);
        move(new Batch(lacking, tally), this::uploadOne);
        move(new Batch(complete(directories, tally), tally), this::uploadOne);
        return tally.result();
    }

    /** Fetches the objects, and of directories their files, that the store lacks. */
    public TransferResult download(Collection<ContentHash> hashes) {
        Tally tally = new Tally();
        Set<ContentHash> wanted = new LinkedHashSet<>(hashes);
        // Manifests first, for only they tell what else is wanted.
        Set<ContentHash> manifests = new LinkedHashSet<>();
        wanted.stream()
                .filter(hash -> hash.isDirectory() && !store.verify(hash))
                .forEach(manifests::add);
        move(new Batch(manifests, tally), this::downloadOne);

        Set<ContentHash> files = new LinkedHashSet<>();
        for (ContentHash hash : wanted) {
            if (hash.isDirectory()) {
                store.manifest(hash).ifPresent(found -> found.entries().forEach(entry -> files.add(entry.hash())));
            } else {
                files.add(hash);
            }
        }
        files.removeIf(store::verify);
        move(new Batch(files, tally), this::downloadOne);
        return tally.result();
    }

    /** Fetches of the directories only what says which files they hold, where the remote has it. */
    public void downloadManifests(Collection<ContentHash> directories) {
        Set<ContentHash> absent = new LinkedHashSet<>();
        directories.stream()
                .filter(hash -> hash.isDirectory() && !store.verify(hash))
                .forEach(absent::add);
        absent.removeAll(remote.findMissing(absent));
        move(new Batch(absent, new Tally()), this::downloadOne);
    }

    private static List<ContentHash> complete(Map<ContentHash, DirectoryManifest> directories, Tally tally) {
        Set<ContentHash> gone = new LinkedHashSet<>(tally.missing);
        tally.failures.forEach(failure -> gone.add(failure.hash()));
        return directories.entrySet().stream()
                .filter(directory ->
                        directory.getValue().entries().stream().noneMatch(entry -> gone.contains(entry.hash())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private record Batch(Collection<ContentHash> hashes, Tally tally) {}

    /** The state of one object after its turn. */
    private enum Outcome {
        MOVED,
        MISSING
    }

    private interface Mover {
        Outcome move(ContentHash hash);
    }

    private void move(Batch batch, Mover mover) {
        Parallel.map(batch.hashes(), jobs, hash -> {
            try {
                batch.tally().add(hash, mover.move(hash));
            } catch (OperationInterruptedException e) {
                throw e;
            } catch (StoreException e) {
                batch.tally().fail(hash, e);
            }
            return hash;
        });
    }

    private Outcome uploadOne(ContentHash hash) {
        if (!store.contains(hash)) {
            return Outcome.MISSING;
        }
        remote.upload(hash, store.pathOf(hash));
        return Outcome.MOVED;
    }

    private Outcome downloadOne(ContentHash hash) {
        if (!remote.findMissing(List.of(hash)).isEmpty()) {
            return Outcome.MISSING;
        }
        remote.download(hash, store.pathOf(hash));
        return Outcome.MOVED;
    }

    private static final class Tally {
        private int transferred;
        private int manifests;
        private final List<ContentHash> missing = new ArrayList<>();
        private final List<TransferFailure> failures = new ArrayList<>();

        synchronized void add(ContentHash hash, Outcome outcome) {
            if (outcome == Outcome.MISSING) {
                missing.add(hash);
                return;
            }
            transferred++;
            manifests += hash.isDirectory() ? 1 : 0;
        }

        synchronized void fail(ContentHash hash, StoreException e) {
            failures.add(new TransferFailure(hash, String.valueOf(e.getMessage())));
        }

        synchronized TransferResult result() {
            return new TransferResult(transferred, manifests, missing, failures);
        }
    }
}

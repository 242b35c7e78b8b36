package dev.cairn.store.snapshot;

import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Remembers files' hashes by path, inode, modification time and size, so that an untouched file is not read again. A pure cache:
 * losing it costs time only. What was hashed so soon after its last change that one more change could have got the same time stamp
 * is not remembered. Manifests are remembered with the entries they were made of.
 *
 * <p>The file is opened at first use. One process holds it; others that want it at the same time remember in memory only.
 * Safe for several threads.
 */
public final class HashMemo implements AutoCloseable {
    private static final int MAX_ENTRIES = 2_000_000;
    private static final int MAX_RECENT = 100_000;

    private final @Nullable Path file;
    private final InstantSource clock;
    private final RacyWindows racyWindows = new RacyWindows();
    private final Map<Key, Known> recent = new ConcurrentHashMap<>();
    private final ManifestMemo manifests = new ManifestMemo();
    private @Nullable MVStore store;
    private @Nullable Map<String, String> entries;

    /** A memo kept in {@code file}. */
    public HashMemo(Path file) {
        this(file, InstantSource.system());
    }

    HashMemo(@Nullable Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /** A memo that lasts as long as its instance. */
    public static HashMemo inMemory() {
        return new HashMemo(null, InstantSource.system());
    }

    private record Key(Path path, HashName name) {}

    private record Known(Object fileKey, long modifiedNanos, long size, ContentHash hash) {
        static Known of(FileStat stat, ContentHash hash) {
            return new Known(stat.key(), stat.modifiedNanos(), stat.size(), hash);
        }

        boolean isOf(FileStat stat) {
            return fileKey.equals(stat.key()) && modifiedNanos == stat.modifiedNanos() && size == stat.size();
        }
    }

    Optional<ContentHash> find(Path path, FileStat stat, HashName name) {
        Key key = new Key(path, name);
        Known known = recent.get(key);
        if (known != null && known.isOf(stat)) {
            return Optional.of(known.hash());
        }
        Optional<ContentHash> kept = findKept(path, stat, name);
        kept.ifPresent(hash -> keepInMind(key, Known.of(stat, hash)));
        return kept;
    }

    private Optional<ContentHash> findKept(Path path, FileStat stat, HashName name) {
        String value = entries().get(key(path, name));
        if (value == null) {
            return Optional.empty();
        }
        int end = value.indexOf(' ');
        return end > 0 && value.substring(end + 1).equals(describe(stat))
                ? ContentHash.tryParse(value.substring(0, end))
                : Optional.empty();
    }

    /** What was used of late needs not be looked up in the store, and taken apart, again. */
    private void keepInMind(Key key, Known known) {
        if (recent.size() >= MAX_RECENT) {
            recent.clear();
        }
        recent.put(key, known);
    }

    /** Remembers a hash that was computed between {@code startedNanos} and now, while the stat did not change. */
    void remember(Path path, FileStat stat, HashName name, ContentHash hash, long startedNanos) throws IOException {
        if (startedNanos - stat.modifiedNanos() > racyWindows.nanosFor(path, stat)) {
            entries().put(key(path, name), hash.value() + " " + describe(stat));
            keepInMind(new Key(path, name), Known.of(stat, hash));
        }
    }

    ManifestMemo manifests() {
        return manifests;
    }

    /** The time by the clock that file times are compared with. */
    long nowNanos() {
        var now = clock.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    private static String key(Path path, HashName name) {
        return (name == HashName.MD5 ? "3 " : "2 ") + path;
    }

    private static String describe(FileStat stat) {
        return stat.key() + " " + stat.modifiedNanos() + " " + stat.size();
    }

    private synchronized Map<String, String> entries() {
        Map<String, String> open = entries;
        if (open == null) {
            open = open();
            entries = open;
        }
        return open;
    }

    private Map<String, String> open() {
        if (file == null) {
            return new ConcurrentHashMap<>();
        }
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            return openStore(file);
        } catch (IOException e) {
            // A read-only or full disk: remembering is a convenience, working is not.
            return new ConcurrentHashMap<>();
        }
    }

    private Map<String, String> openStore(Path path) throws IOException {
        try {
            return openMap(path);
        } catch (MVStoreException e) {
            if (e.getErrorCode() == org.h2.mvstore.DataUtils.ERROR_FILE_LOCKED) {
                return new ConcurrentHashMap<>();
            }
            return reopenAfterDamage(path);
        }
    }

    private Map<String, String> reopenAfterDamage(Path path) throws IOException {
        Files.deleteIfExists(path);
        try {
            return openMap(path);
        } catch (MVStoreException e) {
            return new ConcurrentHashMap<>();
        }
    }

    private Map<String, String> openMap(Path path) {
        MVStore opened = new MVStore.Builder().fileName(path.toString()).open();
        Map<String, String> map = opened.openMap("hashes");
        if (map.size() > MAX_ENTRIES) {
            map.clear();
        }
        store = opened;
        return map;
    }

    /** Writes what was remembered and lets go of the file. The memo may be used again and then opens it again. */
    @Override
    public synchronized void close() {
        MVStore open = store;
        store = null;
        entries = null;
        recent.clear();
        if (open != null) {
            open.close();
        }
    }
}

package dev.cairn.store.snapshot;

import dev.cairn.store.hash.ContentHash;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers directories' manifests, which take longer to sort, write and hash than to compare with what is in the directory now.
 * Bounded by the number of entries; what was not used for longest goes first. Safe for several threads.
 */
final class ManifestMemo {
    private static final int MAX_ENTRIES = 200_000;

    private final Map<Path, Known> known = new LinkedHashMap<>(16, 0.75f, true);
    private long entries;

    /** A manifest and its hash. */
    record Hashed(DirectoryManifest manifest, ContentHash hash) {}

    private record Known(List<DirectoryManifest.Entry> members, Hashed hashed) {}

    /**
     * The manifest of the members.
     *
     * @param directory where they are: tells under which name it was remembered
     * @param members in any order that stays while the directory is untouched
     */
    Hashed of(Path directory, List<DirectoryManifest.Entry> members) {
        Known before = find(directory);
        if (before != null && before.members().equals(members)) {
            return before.hashed();
        }
        DirectoryManifest manifest = new DirectoryManifest(members);
        Hashed hashed = new Hashed(manifest, manifest.hash());
        remember(directory, new Known(List.copyOf(members), hashed));
        return hashed;
    }

    private synchronized @Nullable Known find(Path directory) {
        return known.get(directory);
    }

    private synchronized void remember(Path directory, Known fresh) {
        Known before = known.put(directory, fresh);
        entries +=
                fresh.members().size() - (before == null ? 0 : before.members().size());
        for (var oldest = known.values().iterator(); entries > MAX_ENTRIES; ) {
            entries -= oldest.next().members().size();
            oldest.remove();
        }
    }
}

package dev.cairn.engine.reproduce;

import dev.cairn.store.cas.ContentStore;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.snapshot.DirectoryManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at what of an object is in a cache. */
public final class CacheContent {
    private CacheContent() {}

    /** Whether the object is there, and for a directory every member too. */
    public static boolean isWhole(ContentStore cache, ContentHash hash) {
        if (!cache.contains(hash)) {
            return false;
        }
        return !hash.isDirectory() || objects(cache, hash).stream().allMatch(cache::contains);
    }

    /** The object, and for a directory whose manifest is there its members before it. */
    public static List<ContentHash> objects(ContentStore cache, ContentHash hash) {
        List<ContentHash> out = new ArrayList<>();
        if (hash.isDirectory()) {
            Optional<DirectoryManifest> manifest = cache.manifest(hash);
            manifest.ifPresent(m -> m.entries().forEach(e -> out.add(e.hash())));
        }
        out.add(hash);
        return out;
    }
}

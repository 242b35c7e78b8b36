package dev.cairn.engine.metric;

import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import java.util.Optional;

/** Finds the bytes of a tracked file in the cache. */
@FunctionalInterface
public interface ContentLookup {
    /** The object's bytes, or empty when the cache does not have it. */
    Optional<byte[]> read(ContentHash hash, HashName name);
}

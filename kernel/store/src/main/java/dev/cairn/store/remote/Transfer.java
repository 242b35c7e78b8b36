package dev.cairn.store.remote;

import dev.cairn.store.cas.ContentStore;
import dev.cairn.store.hash.ContentHash;
import java.util.Collection;

/** SKELETON. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class Transfer {
    public Transfer(ContentStore store, Remote remote, int jobs) {}

    /** Sends the objects, and of directories their members, that the remote lacks. */
    public TransferResult upload(Collection<ContentHash> hashes) {
        throw dev.cairn.store.Skeleton.notYet();
    }

    /** Fetches the objects, and of directories their members, that the store lacks. */
    public TransferResult download(Collection<ContentHash> hashes) {
        throw dev.cairn.store.Skeleton.notYet();
    }
}

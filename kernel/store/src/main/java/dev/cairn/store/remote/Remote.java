package dev.cairn.store.remote;

import dev.cairn.store.hash.ContentHash;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Another place that holds objects. Implementations are safe for several threads; failures are {@code StoreException}s. */
public interface Remote {
    /** Which of the objects the remote lacks. */
    Set<ContentHash> findMissing(Collection<ContentHash> hashes);

    /** Sends the object; afterwards the remote has all of it or nothing. */
    void upload(ContentHash hash, Path object);

    /** Fetches the object to {@code target}, which has all of it or nothing afterwards. */
    void download(ContentHash hash, Path target);

    /** Every object that the remote has. */
    List<ContentHash> list();

    /** Removes the object; absent is fine. */
    void delete(ContentHash hash);

    /** Removes what uploads of these objects, or of ones beside them, left half done when their process was killed. */
    void sweep(Collection<ContentHash> hashes);

    /** The files beside the objects, by their paths below the remote's root that begin with the directory's. */
    Set<String> files(String directory);

    /** Sends a file beside the objects; afterwards the remote has all of it or nothing. */
    void send(Path file, String path);

    /** Fetches a file beside the objects to {@code target}, which has all of it or nothing afterwards. */
    void receive(String path, Path target);

    /** The remote's URL or path, for messages. */
    String describe();
}

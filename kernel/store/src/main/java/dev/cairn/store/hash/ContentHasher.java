package dev.cairn.store.hash;

import dev.cairn.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Hashes the content of files and of bytes in memory. Streams, so a file may be larger than the heap. */
public final class ContentHasher {
    private ContentHasher() {}

    /** The hash of the file's content; links are followed. */
    public static ContentHash hash(Path file, HashName name) {
        try (InputStream in = Files.newInputStream(file)) {
            return hash(in, Files.size(file), name);
        } catch (IOException e) {
            throw StoreException.io("read '" + file + "'", e);
        }
    }

    /** The hash of the bytes. */
    public static ContentHash hash(byte[] content, HashName name) {
        try {
            return hash(new ByteArrayInputStream(content), content.length, name);
        } catch (IOException e) {
            throw new AssertionError("reading memory cannot fail", e);
        }
    }

    private static ContentHash hash(InputStream in, long expectedSize, HashName name) throws IOException {
        ContentDigest digest = new ContentDigest(name);
        byte[] chunk = new byte[ContentDigest.bufferSize(expectedSize)];
        for (int length = in.readNBytes(chunk, 0, chunk.length);
                length > 0;
                length = in.readNBytes(chunk, 0, chunk.length)) {
            digest.update(chunk, length);
        }
        return digest.finish();
    }
}

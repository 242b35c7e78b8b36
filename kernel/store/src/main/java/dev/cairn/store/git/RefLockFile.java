package dev.cairn.store.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jgit.lib.Repository;

/**
 * The file by which a process keeps others from moving a ref. It is there for milliseconds, unless the process was killed; then it would
 * be there for ever. It is removed only from refs that are none of the user's.
 */
final class RefLockFile {
    private static final Duration LONGEST_USE = Duration.ofSeconds(3);

    private final Path file;
    private final boolean isOurs;

    RefLockFile(Repository repository, String ref) {
        this.file = repository.getCommonDirectory().toPath().resolve(ref + ".lock");
        this.isOurs = ref.startsWith("refs/exps/") || ref.startsWith("refs/cairn/");
    }

    /** Whether it is worth while to wait for {@link #removeIfAbandoned}. */
    boolean mayBeAbandoned() {
        return isOurs && Files.exists(file);
    }

    /** Removes the file when it is older than any live process's. */
    void removeIfAbandoned() throws IOException {
        if (!isOurs) {
            return;
        }
        try {
            if (Files.getLastModifiedTime(file)
                    .toInstant()
                    .isBefore(Instant.now().minus(LONGEST_USE))) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // The other process is done.
            return;
        }
    }
}

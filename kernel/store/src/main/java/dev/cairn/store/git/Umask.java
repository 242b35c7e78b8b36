package dev.cairn.store.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.FS_POSIX;

/** The process's file mode mask, for which JGit would start a shell. */
final class Umask {
    private Umask() {}

    /** The mask where the kernel tells it. */
    static Optional<Integer> ofThisProcess() {
        Path status = Path.of("/proc/self/status");
        try {
            return Files.readString(status, StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> line.startsWith("Umask:"))
                    .findFirst()
                    .map(line ->
                            Integer.valueOf(line.substring("Umask:".length()).strip(), 8));
        } catch (IOException e) {
            // Not Linux: JGit finds out itself when it needs it.
            return Optional.empty();
        }
    }

    static void set(FS fs, int mask) {
        if (fs instanceof FS_POSIX posix) {
            posix.setUmask(mask);
        }
    }
}

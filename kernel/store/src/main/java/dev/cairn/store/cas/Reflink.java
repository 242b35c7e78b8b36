package dev.cairn.store.cas;

import dev.cairn.store.posix.NativeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Clones files on file systems that can share blocks between files; elsewhere it costs one look at the file. */
final class Reflink {
    private static final Set<String> CLONING = Set.of("btrfs", "xfs", "bcachefs", "ocfs2");
    private static final Map<Object, Boolean> BY_DEVICE = new ConcurrentHashMap<>();

    private Reflink() {}

    /** Makes {@code target} a clone of {@code source}, or leaves no {@code target} and says false. */
    static boolean tryClone(Path source, Path target) throws IOException {
        if (!NativeFile.isSupported() || !isOnCloningFileSystem(source)) {
            return false;
        }
        Files.createFile(target);
        if (isCloned(source, target)) {
            return true;
        }
        Files.delete(target);
        return false;
    }

    private static boolean isOnCloningFileSystem(Path source) throws IOException {
        Object device = Files.getAttribute(source, "unix:dev");
        Boolean known = BY_DEVICE.get(device);
        if (known == null) {
            known = CLONING.contains(Files.getFileStore(source).type()); // reads the table of mounts
            BY_DEVICE.put(device, known);
        }
        return known;
    }

    private static boolean isCloned(Path source, Path target) throws IOException {
        try (NativeFile from = NativeFile.open(source, false);
                NativeFile to = NativeFile.open(target, true)) {
            return to.tryCloneFrom(from);
        }
    }
}

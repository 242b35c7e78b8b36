package dev.cairn.store.cas;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Clones files on file systems that can share blocks between files; elsewhere it costs one look at the file system's type. */
final class Reflink {
    private static final Set<String> CLONING = Set.of("btrfs", "xfs", "bcachefs", "ocfs2");

    private Reflink() {}

    /** Makes {@code target} a clone of {@code source}, or leaves no {@code target} and says false. */
    static boolean tryClone(Path source, Path target) throws IOException {
        if (!isLinux() || !CLONING.contains(Files.getFileStore(source).type())) {
            return false;
        }
        Files.createFile(target);
        if (Clone.clone(source, target)) {
            return true;
        }
        Files.delete(target);
        return false;
    }

    private static boolean isLinux() {
        return System.getProperty("os.name", "").equals("Linux");
    }

    /** Loads JNA, so only touched where cloning may work. */
    private static final class Clone {
        private static final int READ_ONLY = 0;
        private static final int WRITE_ONLY = 1;
        private static final int CLOSE_ON_EXEC = 0x80000;
        /** FICLONE of {@code linux/fs.h}. */
        private static final long FICLONE = 0x40049409L;

        static {
            Native.register(Clone.class, "c");
        }

        private static native int open(String path, int flags) throws LastErrorException;

        private static native int ioctl(int descriptor, long request, int source) throws LastErrorException;

        private static native int close(int descriptor);

        static boolean clone(Path source, Path target) {
            try {
                int in = open(source.toString(), READ_ONLY | CLOSE_ON_EXEC);
                try {
                    int out = open(target.toString(), WRITE_ONLY | CLOSE_ON_EXEC);
                    try {
                        return ioctl(out, FICLONE, in) == 0;
                    } finally {
                        close(out);
                    }
                } finally {
                    close(in);
                }
            } catch (LastErrorException e) {
                // Another device, or blocks that cannot be shared: the caller copies.
                return false;
            }
        }
    }
}

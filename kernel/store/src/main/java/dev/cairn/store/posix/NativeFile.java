package dev.cairn.store.posix;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file opened by the system's own {@code open}, for what Java cannot do with files. Children do not inherit it. JNA is loaded
 * when the first one is opened, which takes a tenth of a second.
 */
public final class NativeFile implements AutoCloseable {
    private static final int READ_ONLY = 0;
    private static final int READ_WRITE = 2;
    private static final boolean LINUX = System.getProperty("os.name", "").equals("Linux");
    private static final int CLOSE_ON_EXEC = LINUX ? 0x80000 : 0x1000000;
    private static final int LOCK_EXCLUSIVE_NOW = 2 | 4;
    private static final int INTERRUPTED = 4;
    private static final int WOULD_BLOCK = LINUX ? 11 : 35;
    /** FICLONE of {@code linux/fs.h}. */
    private static final long CLONE = 0x40049409L;

    private final Path path;
    private int descriptor;

    private NativeFile(Path path, int descriptor) {
        this.path = path;
        this.descriptor = descriptor;
    }

    /** Whether this works here: everywhere but on Windows. */
    public static boolean isSupported() {
        return !System.getProperty("os.name", "").startsWith("Windows");
    }

    /** Opens an existing file. */
    public static NativeFile open(Path path, boolean writable) throws IOException {
        try {
            int descriptor = CLibrary.open(path.toString(), (writable ? READ_WRITE : READ_ONLY) | CLOSE_ON_EXEC);
            return new NativeFile(path, descriptor);
        } catch (LastErrorException e) {
            throw new IOException("cannot open '" + path + "', error " + e.getErrorCode(), e);
        }
    }

    /** Takes an exclusive {@code flock(2)} unless another holds it; it ends when this is closed. */
    public boolean tryLock() throws IOException {
        while (true) {
            try {
                return CLibrary.flock(descriptor, LOCK_EXCLUSIVE_NOW) == 0;
            } catch (LastErrorException e) {
                if (e.getErrorCode() == WOULD_BLOCK) {
                    return false;
                }
                if (e.getErrorCode() != INTERRUPTED) {
                    throw new IOException("cannot lock '" + path + "', error " + e.getErrorCode(), e);
                }
            }
        }
    }

    /** Makes this file's content the source's by sharing its blocks; says false where that does not work. Linux only. */
    public boolean tryCloneFrom(NativeFile source) {
        if (!LINUX) {
            return false;
        }
        try {
            return CLibrary.ioctl(descriptor, CLONE, source.descriptor) == 0;
        } catch (LastErrorException e) {
            // Another device, or blocks that cannot be shared.
            return false;
        }
    }

    @Override
    public synchronized void close() {
        if (descriptor >= 0) {
            CLibrary.close(descriptor);
            descriptor = -1;
        }
    }
}

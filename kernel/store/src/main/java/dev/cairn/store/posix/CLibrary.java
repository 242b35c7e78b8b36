package dev.cairn.store.posix;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;

/** The C library's functions, called directly. */
final class CLibrary {
    private static final String LIBRARY_PATHS = "jna.platform.library.path";

    static {
        // Without this JNA starts `ldconfig` to learn where libraries are; the C library is found without.
        if (System.getProperty(LIBRARY_PATHS) == null) {
            System.setProperty(LIBRARY_PATHS, "");
        }
        Native.register(CLibrary.class, "c");
    }

    private CLibrary() {}

    // Only the two fixed arguments: variadic ones are passed differently on some processors.
    static native int open(String path, int flags) throws LastErrorException;

    static native int flock(int descriptor, int operation) throws LastErrorException;

    static native int ioctl(int descriptor, long request, int argument) throws LastErrorException;

    static native int close(int descriptor);
}

package dev.cairn.store.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What the file system says of a file whose links were followed. Not for {@code equals}: {@link #isSameContentAs} tells an untouched file.
 *
 * @param key the file's identity: on Unix its device and inode
 * @param attributes where permissions are taken from when they are asked for, which few do
 */
record FileStat(Object key, long modifiedNanos, long size, BasicFileAttributes attributes) {
    static FileStat of(Path file) throws IOException {
        return of(attributes(file));
    }

    static FileStat of(BasicFileAttributes attributes) {
        return new FileStat(
                Objects.requireNonNullElse(attributes.fileKey(), "null"),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                attributes.size(),
                attributes);
    }

    static BasicFileAttributes attributes(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Files.readAttributes(file, PosixFileAttributes.class);
        }
        return Files.readAttributes(file, BasicFileAttributes.class);
    }

    boolean executable() {
        return attributes instanceof PosixFileAttributes posix
                && posix.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    }

    /** Whether the file's key tells the device it lies on, as on Unix: {@code (dev=…,ino=…)}. */
    boolean hasDevice() {
        String text = key.toString();
        return text.startsWith("(dev=") && text.indexOf(',') > 0;
    }

    String device() {
        String text = key.toString();
        return text.substring(0, text.indexOf(','));
    }

    boolean isSameContentAs(FileStat other) {
        return key.equals(other.key) && modifiedNanos == other.modifiedNanos && size == other.size;
    }
}

package dev.cairn.store.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.concurrent.TimeUnit;

/** What the file system says of a file whose links were followed; equal stats mean an untouched file. */
record FileStat(String key, long modifiedNanos, long size, boolean executable) {
    static FileStat of(Path file) throws IOException {
        return of(attributes(file));
    }

    static FileStat of(BasicFileAttributes attributes) {
        boolean executable = attributes instanceof PosixFileAttributes posix
                && posix.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
        return new FileStat(
                String.valueOf(attributes.fileKey()),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                attributes.size(),
                executable);
    }

    static BasicFileAttributes attributes(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Files.readAttributes(file, PosixFileAttributes.class);
        }
        return Files.readAttributes(file, BasicFileAttributes.class);
    }

    /** Whether the file's key tells the device it lies on, as on Unix: {@code (dev=…,ino=…)}. */
    boolean hasDevice() {
        return key.startsWith("(dev=") && key.indexOf(',') > 0;
    }

    String device() {
        return key.substring(0, key.indexOf(','));
    }

    boolean isSameContentAs(FileStat other) {
        return key.equals(other.key) && modifiedNanos == other.modifiedNanos && size == other.size;
    }
}

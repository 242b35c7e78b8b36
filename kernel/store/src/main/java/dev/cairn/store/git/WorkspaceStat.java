package dev.cairn.store.git;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.jspecify.annotations.Nullable;

/**
 * What the file system says of a path, links not followed.
 *
 * @param kind a file, an executable one, a link or a directory
 * @param changed when the inode changed, where that is known
 */
record WorkspaceStat(Kind kind, long size, Instant modified, @Nullable Instant changed, String key) {
    /** What a path is. */
    enum Kind {
        FILE,
        EXECUTABLE,
        LINK,
        DIRECTORY,
        OTHER
    }

    private static final long RACY_MILLIS = TimeUnit.SECONDS.toMillis(2);
    private static final String UNIX = "unix:lastModifiedTime,ctime,size,mode,ino";
    private static final int TYPE_MASK = 0170000;
    private static final int OWNER_EXECUTES = 0100;

    /** The path's stat, or null when nothing is there. */
    static @Nullable WorkspaceStat of(Path file) throws IOException {
        try {
            boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
            return unix ? unix(file) : portable(file);
        } catch (NoSuchFileException e) {
            return null;
        } catch (FileSystemException e) {
            Path parent = file.getParent();
            if (parent != null && !Files.isDirectory(parent)) {
                return null;
            }
            throw e;
        }
    }

    boolean isDirectory() {
        return kind == Kind.DIRECTORY;
    }

    /** Whether the file is as it was when the index recorded it, so that its content need not be read. */
    boolean isCleanAgainst(DirCacheEntry entry, Instant indexTime, boolean trustsCtime, boolean trustsMode) {
        if (!hasMode(entry.getFileMode(), trustsMode) || (int) size != entry.getLength()) {
            return false;
        }
        Instant recorded = entry.getLastModifiedInstant();
        boolean wholeSeconds = recorded.equals(recorded.truncatedTo(ChronoUnit.SECONDS));
        Instant now = wholeSeconds ? modified.truncatedTo(ChronoUnit.SECONDS) : modified;
        if (!now.equals(recorded)) {
            return false;
        }
        long recordedChange = entry.getCreationTime();
        if (trustsCtime
                && !wholeSeconds
                && recordedChange != 0
                && changed != null
                && changed.toEpochMilli() != recordedChange) {
            return false;
        }
        // Changed once more in the tick in which the index was written: the stat would not tell.
        Instant written = wholeSeconds ? indexTime.truncatedTo(ChronoUnit.SECONDS) : indexTime;
        return recorded.isBefore(written);
    }

    /** Whether the last change is so long before the moment that another change would have got another time. */
    boolean isOlderThan(long epochMillis) {
        Instant last = changed != null && changed.isAfter(modified) ? changed : modified;
        return epochMillis - last.toEpochMilli() > RACY_MILLIS;
    }

    private boolean hasMode(FileMode mode, boolean trustsMode) {
        if (mode == FileMode.SYMLINK) {
            return kind == Kind.LINK;
        }
        if (kind != Kind.FILE && kind != Kind.EXECUTABLE) {
            return false;
        }
        return !trustsMode || (mode == FileMode.EXECUTABLE_FILE) == (kind == Kind.EXECUTABLE);
    }

    private static WorkspaceStat unix(Path file) throws IOException {
        Map<String, Object> all = Files.readAttributes(file, UNIX, LinkOption.NOFOLLOW_LINKS);
        int mode = value(all, "mode", Integer.class);
        Kind kind =
                switch (mode & TYPE_MASK) {
                    case 0100000 -> (mode & OWNER_EXECUTES) != 0 ? Kind.EXECUTABLE : Kind.FILE;
                    case 0120000 -> Kind.LINK;
                    case 0040000 -> Kind.DIRECTORY;
                    default -> Kind.OTHER;
                };
        return new WorkspaceStat(
                kind,
                value(all, "size", Long.class),
                value(all, "lastModifiedTime", FileTime.class).toInstant(),
                value(all, "ctime", FileTime.class).toInstant(),
                String.valueOf(all.get("ino")));
    }

    private static <T> T value(Map<String, Object> all, String name, Class<T> type) {
        return type.cast(requireNonNull(all.get(name), name));
    }

    private static WorkspaceStat portable(Path file) throws IOException {
        BasicFileAttributes all = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Kind kind = Kind.OTHER;
        if (all.isSymbolicLink()) {
            kind = Kind.LINK;
        } else if (all.isDirectory()) {
            kind = Kind.DIRECTORY;
        } else if (all.isRegularFile()) {
            boolean executable = all instanceof PosixFileAttributes posix
                    && posix.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
            kind = executable ? Kind.EXECUTABLE : Kind.FILE;
        }
        return new WorkspaceStat(
                kind, all.size(), all.lastModifiedTime().toInstant(), null, String.valueOf(all.fileKey()));
    }
}

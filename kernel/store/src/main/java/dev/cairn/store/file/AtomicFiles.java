package dev.cairn.store.file;

import dev.cairn.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes and deletes so that whoever looks sees the old state or the new one, never half of either. */
public final class AtomicFiles {
    private static final Pattern TEMPORARY = Pattern.compile("\\..+\\.cairn-(\\d+)-[0-9a-z]+\\.tmp");

    private AtomicFiles() {}

    /**
     * Writes beside the file, then moves over it. Directories above are made; the permissions of a file that is replaced are
     * kept; a symbolic link stays one and what it points to is replaced.
     */
    public static void write(Path file, byte[] content) {
        write(file, content, false);
    }

    /** Like {@link #write} and forced to the disk before this returns. */
    public static void writeDurably(Path file, byte[] content) {
        write(file, content, true);
    }

    /** Puts content into a new file. */
    @FunctionalInterface
    public interface Filler {
        void fill(Path file) throws IOException;
    }

    /** Makes {@code target}, or replaces it, by moving over it a file beside it that the filler has made. */
    public static void create(Path target, Filler filler) throws IOException {
        Path temporary = beside(target);
        boolean moved = false;
        try {
            filler.fill(temporary);
            move(temporary, target);
            moved = true;
        } finally {
            if (!moved) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    /** Makes the directory and those above it; costs one look when it is there. */
    public static void makeDirectories(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
        }
    }

    /** A name for a temporary file that lies beside {@code file} and will become it. It tells whose process makes it. */
    public static Path beside(Path file) {
        String random = Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, Character.MAX_RADIX);
        long process = ProcessHandle.current().pid();
        return file.resolveSibling(".%s.cairn-%d-%s.tmp".formatted(file.getFileName(), process, random));
    }

    /**
     * Removes files of {@link #beside} in the directory whose process has ended, as far as this machine knows, and that were last
     * written to before then. Tells how many.
     */
    public static int sweep(Path directory, Instant before) throws IOException {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        int removed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, ".*.tmp")) {
            for (Path file : files) {
                if (isAbandoned(file.getFileName().toString())
                        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                    removed++;
                }
            }
        }
        return removed;
    }

    private static boolean isAbandoned(String name) {
        Matcher matcher = TEMPORARY.matcher(name);
        return matcher.matches()
                && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty();
    }

    /** Moves over whatever file or link is at {@code target}, in one step where the file system can. */
    public static void move(Path source, Path target) throws IOException {
        try {
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(source, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Deletes a file, a link or a directory with all in it. Links are deleted, never followed. Absent is fine. */
    public static void deleteRecursively(Path path) {
        try {
            delete(path);
        } catch (IOException e) {
            throw StoreException.io("delete '" + path + "'", e);
        }
    }

    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
                for (Path child : children) {
                    delete(child);
                }
            } catch (NoSuchFileException e) {
                return;
            }
        }
        Files.deleteIfExists(path);
    }

    private static void write(Path file, byte[] content, boolean durably) {
        try {
            Path target = Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file;
            Path parent = target.toAbsolutePath().getParent();
            if (parent != null) {
                makeDirectories(parent);
            }
            create(target, temporary -> {
                fill(temporary, content, durably);
                keepPermissions(target, temporary);
            });
            if (durably && parent != null) {
                forceDirectory(parent);
            }
        } catch (IOException e) {
            throw StoreException.io("write '" + file + "'", e);
        }
    }

    private static void fill(Path temporary, byte[] content, boolean durably) throws IOException {
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            if (durably) {
                channel.force(true);
            }
        }
    }

    private static void keepPermissions(Path existing, Path temporary) throws IOException {
        PosixFileAttributeView now =
                Files.getFileAttributeView(existing, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (now == null || !Files.isRegularFile(existing, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.setPosixFilePermissions(temporary, now.readAttributes().permissions());
    }

    private static void forceDirectory(Path directory) throws IOException {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}

package dev.cairn.store.cas;

import dev.cairn.store.OperationInterruptedException;
import dev.cairn.store.StoreException;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.hash.ContentDigest;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.ContentHasher;
import dev.cairn.store.hash.HashName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Copies content between the workspace, stores and local remotes; new files get the modes that DVC gives them. */
public final class ObjectCopier {
    /** From here on it pays to hash on a thread of its own. */
    private static final long LARGE = 16L << 20;

    private static final Set<PosixFilePermission> READ_ONLY = PosixFilePermissions.fromString("r--r--r--");

    private ObjectCopier() {}

    /** Copies {@code source} to the new file {@code target} and returns the hash of what was copied. */
    public static ContentHash copyAndHash(Path source, Path target, HashName name) throws IOException {
        if (Reflink.tryClone(source, target)) {
            return ContentHasher.hash(target, name);
        }
        try (FileChannel in = FileChannel.open(source, StandardOpenOption.READ);
                FileChannel out = create(target)) {
            return in.size() < LARGE ? copyAndHash(in, out, name) : copyWhileHashing(in, out, name);
        } catch (ClosedByInterruptException | InterruptedException e) {
            throw new OperationInterruptedException("copying '" + source + "'");
        }
    }

    private static ContentHash copyAndHash(FileChannel in, FileChannel out, HashName name) throws IOException {
        ContentDigest digest = new ContentDigest(name);
        byte[] bytes = new byte[ContentDigest.bufferSize(in.size())];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (in.read(buffer.clear()) >= 0) {
            digest.update(bytes, buffer.position());
            writeAll(buffer.flip(), out);
        }
        return digest.finish();
    }

    private static ContentHash copyWhileHashing(FileChannel in, FileChannel out, HashName name)
            throws IOException, InterruptedException {
        try (BackgroundDigest digest = new BackgroundDigest(name)) {
            byte[] bytes = digest.freeBuffer();
            for (int length = in.read(ByteBuffer.wrap(bytes)); length >= 0; length = in.read(ByteBuffer.wrap(bytes))) {
                digest.update(bytes, length);
                writeAll(ByteBuffer.wrap(bytes, 0, length), out);
                bytes = digest.freeBuffer();
            }
            return digest.finish();
        }
    }

    /** Copies {@code source} to the new file {@code target}, whose mode is a new file's under the process's mask. */
    static void copy(Path source, Path target) throws IOException {
        try (FileChannel in = FileChannel.open(source, StandardOpenOption.READ);
                FileChannel out = create(target)) {
            long size = in.size();
            for (long done = 0; done < size; ) {
                long moved = in.transferTo(done, size - done, out);
                if (moved <= 0) {
                    throw new IOException("'" + source + "' became shorter while it was copied");
                }
                done += moved;
            }
        } catch (ClosedByInterruptException e) {
            throw new OperationInterruptedException("copying '" + source + "'");
        }
    }

    /** Gives a finished object its mode, 0444. */
    public static void protect(Path object) throws IOException {
        PosixFileAttributeView view = posixView(object);
        if (view == null) {
            return;
        }
        view.setPermissions(READ_ONLY);
    }

    /** Makes a link, symbolic or hard, a writable file of its own with the same content; other files are only made writable. */
    public static void unlink(Path file) throws IOException {
        boolean executable = Files.isExecutable(file);
        boolean isLink = Files.isSymbolicLink(file) || isHardLink(file);
        if (!isLink) {
            setWorkspaceMode(file, executable);
            return;
        }
        Path copy = AtomicFiles.beside(file);
        try {
            copy(file.toRealPath(), copy);
            setWorkspaceMode(copy, executable);
            AtomicFiles.move(copy, file);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private static boolean isHardLink(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                && Files.getAttribute(file, "unix:nlink") instanceof Integer links
                && links > 1;
    }

    /** Whether the object has the mode of an untouched one: nobody may write it. */
    static boolean isProtected(Path object) throws IOException {
        PosixFileAttributeView view = posixView(object);
        return view == null || !view.readAttributes().permissions().contains(PosixFilePermission.OWNER_WRITE);
    }

    /** Gives a file of our own in the workspace its mode: writable by its owner, executable by its owner or by nobody. */
    static void setWorkspaceMode(Path file, boolean executable) throws IOException {
        PosixFileAttributeView view = posixView(file);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> now = view.readAttributes().permissions();
        Set<PosixFilePermission> wanted = EnumSet.copyOf(now);
        wanted.add(PosixFilePermission.OWNER_READ);
        wanted.add(PosixFilePermission.OWNER_WRITE);
        wanted.remove(PosixFilePermission.GROUP_EXECUTE);
        wanted.remove(PosixFilePermission.OTHERS_EXECUTE);
        if (executable) {
            wanted.add(PosixFilePermission.OWNER_EXECUTE);
        } else {
            wanted.remove(PosixFilePermission.OWNER_EXECUTE);
        }
        if (!wanted.equals(now)) {
            view.setPermissions(wanted);
        }
    }

    private static @Nullable PosixFileAttributeView posixView(Path file) {
        return Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static FileChannel create(Path target) throws IOException {
        return FileChannel.open(target, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }

    private static void writeAll(ByteBuffer buffer, FileChannel out) throws IOException {
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }

    /** Makes the directory that {@code file} lies in. */
    static void makeParents(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            AtomicFiles.makeDirectories(parent);
        }
    }

    static StoreException changedWhileCopied(Path source) {
        return new StoreException(
                "'" + source + "' changed while it was being saved.",
                "Wait until nothing writes to it any more, then run the command again.");
    }
}

package dev.cairn.store.git;

import dev.cairn.store.file.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PackParser;

/**
 * Writes small objects with the fewest file operations that Git's loose format allows, since a checkpoint writes four of them while
 * training waits. JGit's own inserter opens each file twice, asks for the file system's state and looks at the result again; it
 * still writes what is large. The format is that of {@code gitrepository-layout(5)}: zlib over {@code "type length\0content"}.
 */
final class LooseObjectInserter extends ObjectInserter {
    private static final int MAX_LENGTH = 1 << 20;
    private static final int COPY_BUFFER = 1 << 13;

    private final Path directory;
    private final ObjectInserter large;
    private final ObjectReader reader;

    LooseObjectInserter(Repository repository) {
        this.directory = repository.getCommonDirectory().toPath().resolve(Constants.OBJECTS);
        this.large = repository.newObjectInserter();
        this.reader = repository.newObjectReader();
    }

    @Override
    public ObjectId insert(int type, long length, InputStream in) throws IOException {
        if (length > MAX_LENGTH) {
            return large.insert(type, length, in);
        }
        byte[] content = in.readNBytes((int) length);
        if (content.length < length) {
            throw new IOException("content that was to have %d bytes ended after %d".formatted(length, content.length));
        }
        return insert(type, content, 0, content.length);
    }

    @Override
    public ObjectId insert(int type, byte[] data, int offset, int length) throws IOException {
        ObjectId id = idFor(type, data, offset, length);
        if (!reader.has(id)) {
            write(id, type, data, offset, length);
        }
        return id;
    }

    private void write(ObjectId id, int type, byte[] data, int offset, int length) throws IOException {
        // Git itself clears away old files of this name.
        Path temporary = directory.resolve(
                "tmp_obj_" + Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, Character.MAX_RADIX));
        boolean moved = false;
        try {
            fill(temporary, type, data, offset, length);
            move(temporary, id);
            moved = true;
        } finally {
            if (!moved) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    private static void fill(Path file, int type, byte[] data, int offset, int length) throws IOException {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED); // Git's default for loose objects
        try (OutputStream out = new DeflaterOutputStream(create(file), deflater, COPY_BUFFER)) {
            out.write(Constants.encodedTypeString(type));
            out.write(' ');
            out.write(Constants.encodeASCII(length));
            out.write(0);
            out.write(data, offset, length);
        } finally {
            deflater.end();
        }
    }

    private static OutputStream create(Path file) throws IOException {
        boolean isPosix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] readOnly = isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--r--r--"))
                }
                : new FileAttribute<?>[0];
        return Channels.newOutputStream(
                Files.newByteChannel(file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), readOnly));
    }

    private void move(Path temporary, ObjectId id) throws IOException {
        String name = id.name();
        Path fanOut = directory.resolve(name.substring(0, 2));
        Path object = fanOut.resolve(name.substring(2));
        if (!Files.isDirectory(fanOut)) {
            createDirectory(fanOut);
        }
        try {
            AtomicFiles.move(temporary, object);
        } catch (NoSuchFileException e) { // another process has cleared the empty directory away
            createDirectory(fanOut);
            AtomicFiles.move(temporary, object);
        }
    }

    private static void createDirectory(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            // another writer was faster
        }
    }

    @Override
    public PackParser newPackParser(InputStream in) throws IOException {
        return large.newPackParser(in);
    }

    @Override
    public ObjectReader newReader() {
        return large.newReader();
    }

    @Override
    public void flush() throws IOException {
        large.flush();
    }

    @Override
    public void close() {
        large.close();
        reader.close();
    }
}

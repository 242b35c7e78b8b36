package dev.cairn.store.snapshot;

import dev.cairn.store.StoreException;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.ContentHasher;
import dev.cairn.store.hash.HashName;
import dev.cairn.store.parallel.Parallel;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at what lies at a path and identifies it by content. Links are followed, except that, as in DVC, a link to a directory
 * within a directory is passed over. Ignored files and empty directories do not count. Safe for several threads.
 */
public final class Snapshotter {
    private final IgnoreRules ignoreRules;
    private final HashMemo memo;

    public Snapshotter(IgnoreRules ignoreRules, HashMemo memo) {
        this.ignoreRules = ignoreRules;
        this.memo = memo;
    }

    /** Reads a file for its hash. */
    @FunctionalInterface
    public interface Reading {
        ContentHash hash(Path file, HashName name);
    }

    /** What lies at the path now. A file that changes while it is read gets the hash of a later reading. */
    public FileSnapshot snapshot(Path path, HashName name) {
        return snapshot(path, name, ContentHasher::hash);
    }

    /** What lies at the path now; a single file whose hash is not known yet is read by {@code reading}. */
    public FileSnapshot snapshot(Path path, HashName name, Reading reading) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            BasicFileAttributes attributes = FileStat.attributes(absolute);
            if (attributes.isDirectory()) {
                return directory(absolute, name);
            }
            return file(absolute, attributes, name, reading);
        } catch (NoSuchFileException e) {
            return new FileSnapshot.Missing();
        } catch (IOException e) {
            if (isBelowFile(absolute)) {
                return new FileSnapshot.Missing();
            }
            throw StoreException.io("read '" + absolute + "'", e);
        }
    }

    /** The files below a directory that count, sorted by nothing in particular. */
    List<Path> files(Path directory) {
        List<Path> files = new ArrayList<>();
        try {
            collect(directory, files);
        } catch (DirectoryIteratorException e) {
            throw StoreException.io("list '" + directory + "'", new IOException(e.getMessage(), e));
        } catch (IOException e) {
            throw StoreException.io("list '" + directory + "'", e);
        }
        return files;
    }

    private FileSnapshot.RegularFile file(Path path, BasicFileAttributes attributes, HashName name, Reading reading)
            throws IOException {
        if (!attributes.isRegularFile()) {
            throw new StoreException(
                    "'" + path + "' is neither a file nor a directory (a pipe, a socket or a device).",
                    "Remove it, or name it in .dvcignore.");
        }
        FileStat stat = FileStat.of(attributes);
        var known = memo.find(path, stat, name);
        if (known.isPresent()) {
            return new FileSnapshot.RegularFile(known.get(), stat.size(), stat.executable());
        }
        return read(path, stat, name, reading);
    }

    private FileSnapshot.RegularFile read(Path path, FileStat before, HashName name, Reading reading)
            throws IOException {
        long started = memo.nowNanos();
        ContentHash hash = reading.hash(path, name);
        FileStat after = FileStat.of(path);
        if (after.isSameContentAs(before)) {
            memo.remember(path, after, name, hash, started);
        }
        return new FileSnapshot.RegularFile(hash, after.size(), after.executable());
    }

    private FileSnapshot.Directory directory(Path directory, HashName name) {
        List<Member> members = Parallel.map(files(directory), path -> member(directory, path, name));
        DirectoryManifest manifest =
                new DirectoryManifest(members.stream().map(Member::entry).toList());
        long size = members.stream().mapToLong(Member::size).sum();
        return new FileSnapshot.Directory(manifest.hash(), size, members.size(), manifest);
    }

    private record Member(DirectoryManifest.Entry entry, long size) {}

    private Member member(Path directory, Path path, HashName name) {
        try {
            FileSnapshot.RegularFile file = file(path, FileStat.attributes(path), name, ContentHasher::hash);
            return new Member(new DirectoryManifest.Entry(relativePath(directory, path), file.hash()), file.size());
        } catch (IOException e) {
            throw StoreException.io("read '" + path + "'", e);
        }
    }

    private void collect(Path directory, List<Path> files) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                boolean isDirectory = Files.isDirectory(child);
                if (ignoreRules.isIgnored(child, isDirectory)) {
                    continue;
                }
                if (!isDirectory) {
                    files.add(checked(child));
                } else if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    collect(child, files);
                }
            }
        }
    }

    private static Path checked(Path file) {
        String name = String.valueOf(file.getFileName());
        if (name.equals(IgnoreRules.FILE_NAME)) {
            throw new StoreException(
                    ".dvcignore file should not be in collected dir path: '" + file.getParent() + "'",
                    "Move its patterns to a .dvcignore above the directory.");
        }
        if (name.indexOf('\uFFFD') >= 0) {
            throw new StoreException(
                    "The name of '" + file + "' cannot be read in the character set of this process.",
                    "Start with a UTF-8 locale, as in LC_ALL=C.UTF-8, or rename the file.");
        }
        return file;
    }

    private static String relativePath(Path directory, Path path) {
        return directory
                .relativize(path)
                .toString()
                .replace(path.getFileSystem().getSeparator(), "/");
    }

    private static boolean isBelowFile(Path path) {
        for (Path parent = path.getParent(); parent != null; parent = parent.getParent()) {
            if (Files.exists(parent)) {
                return !Files.isDirectory(parent);
            }
        }
        return false;
    }
}

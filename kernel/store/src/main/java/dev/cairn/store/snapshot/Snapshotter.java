package dev.cairn.store.snapshot;

import dev.cairn.store.StoreException;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.ContentHasher;
import dev.cairn.store.hash.HashName;
import dev.cairn.store.parallel.Parallel;
import java.io.File;
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
import java.util.Optional;
import java.util.function.BiPredicate;

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
    private List<Found> files(Path directory) {
        List<Found> files = new ArrayList<>();
        try {
            collect(directory, files);
        } catch (DirectoryIteratorException e) {
            throw StoreException.io("list '" + directory + "'", new IOException(e.getMessage(), e));
        } catch (IOException e) {
            throw StoreException.io("list '" + directory + "'", e);
        }
        return files;
    }

    private record Found(Path path, BasicFileAttributes attributes) {}

    private FileSnapshot.RegularFile file(Path path, BasicFileAttributes attributes, HashName name, Reading reading)
            throws IOException {
        FileStat stat = regular(path, attributes);
        var known = memo.find(path, stat, name);
        if (known.isPresent()) {
            return new FileSnapshot.RegularFile(known.get(), stat.size(), stat.executable());
        }
        return read(path, stat, name, reading);
    }

    private static FileStat regular(Path path, BasicFileAttributes attributes) {
        if (!attributes.isRegularFile()) {
            throw new StoreException(
                    "'" + path + "' is neither a file nor a directory (a pipe, a socket or a device).",
                    "Remove it, or name it in .dvcignore.");
        }
        return FileStat.of(attributes);
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
        List<Member> members = new ArrayList<>();
        List<Unread> unread = new ArrayList<>();
        for (Found found : files(directory)) {
            String path = relativePath(directory, found.path());
            FileStat stat = regular(found.path(), found.attributes());
            memo.find(found.path(), stat, name)
                    .ifPresentOrElse(
                            hash -> members.add(Member.of(path, hash, stat.size())),
                            () -> unread.add(new Unread(found.path(), path, stat)));
        }
        members.addAll(Parallel.map(unread, file -> member(file, name)));
        ManifestMemo.Hashed hashed = memo.manifests()
                .of(directory, members.stream().map(Member::entry).toList());
        long size = members.stream().mapToLong(Member::size).sum();
        return new FileSnapshot.Directory(hashed.hash(), size, members.size(), hashed.manifest());
    }

    private record Unread(Path file, String path, FileStat stat) {}

    private record Member(DirectoryManifest.Entry entry, long size) {
        static Member of(String path, ContentHash hash, long size) {
            return new Member(new DirectoryManifest.Entry(path, hash), size);
        }
    }

    private Member member(Unread unread, HashName name) {
        try {
            FileSnapshot.RegularFile file = read(unread.file(), unread.stat(), name, ContentHasher::hash);
            return Member.of(unread.path(), file.hash(), file.size());
        } catch (IOException e) {
            throw StoreException.io("read '" + unread.file() + "'", e);
        }
    }

    private void collect(Path directory, List<Found> files) throws IOException {
        BiPredicate<Path, Boolean> ignored = ignoreRules.in(directory);
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                BasicFileAttributes attributes = attributesIfAny(child).orElse(null);
                boolean isDirectory = attributes != null && attributes.isDirectory();
                if (ignored.test(child, isDirectory)) {
                    continue;
                }
                if (!isDirectory) {
                    files.add(new Found(checked(child), attributes == null ? unreadable(child) : attributes));
                } else if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    collect(child, files);
                }
            }
        }
    }

    /** Empty for what cannot be read, such as a link that leads nowhere: it may be ignored. */
    private static Optional<BasicFileAttributes> attributesIfAny(Path file) {
        try {
            return Optional.of(FileStat.attributes(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Fails with the reason. */
    private static BasicFileAttributes unreadable(Path file) {
        try {
            return FileStat.attributes(file);
        } catch (IOException e) {
            throw StoreException.io("read '" + file + "'", e);
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
        int from = directory.getNameCount() == 0 ? 1 : directory.toString().length() + 1;
        String relative = path.toString().substring(from);
        char separator = File.separatorChar;
        return separator == '/' ? relative : relative.replace(separator, '/');
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

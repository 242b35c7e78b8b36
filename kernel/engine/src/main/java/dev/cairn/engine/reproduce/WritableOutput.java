package dev.cairn.engine.reproduce;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Makes outputs that a stage will write over writable, and their own files: one that is a link to the cache must not be written. */
final class WritableOutput {
    private WritableOutput() {}

    static void ensure(Path path) {
        try {
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.walk(path)) {
                    List<Path> members = files.filter(p -> !Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS))
                            .toList();
                    for (Path member : members) {
                        detach(member);
                    }
                }
            } else if (Files.exists(path)) {
                detach(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + path + " writable", e);
        }
    }

    private static void detach(Path file) throws IOException {
        boolean isLinked = Files.isSymbolicLink(file) || (int) Files.getAttribute(file, "unix:nlink") > 1;
        if (isLinked) {
            Path copy = file.resolveSibling("." + file.getFileName() + ".unlinked");
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            makeWritable(copy);
            Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else if (!Files.isWritable(file)) {
            makeWritable(file);
        }
    }

    private static void makeWritable(Path file) throws IOException {
        Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        permissions.add(PosixFilePermission.OWNER_WRITE);
        Files.setPosixFilePermissions(file, permissions);
    }
}

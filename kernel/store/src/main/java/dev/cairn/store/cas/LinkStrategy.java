package dev.cairn.store.cas;

import dev.cairn.store.StoreException;
import dev.cairn.store.file.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How content gets from a store into the workspace: the ways to try, in order. A target appears in one step, in place of
 * whatever file was there.
 */
public record LinkStrategy(List<LinkType> types) {
    /** DVC's default. */
    public static final LinkStrategy DEFAULT = new LinkStrategy(List.of(LinkType.REFLINK, LinkType.COPY));

    public LinkStrategy {
        if (types.isEmpty()) {
            throw new IllegalArgumentException("no link type is given");
        }
        types = List.copyOf(types);
    }

    /** Whether a file that is already in the workspace may stay as its own copy. */
    boolean keepsCopies() {
        return types.get(0) == LinkType.COPY || types.get(0) == LinkType.REFLINK;
    }

    /**
     * Makes {@code target} the object's content by the first way that works and returns that way. Copies are writable, and
     * executable for their owner if asked; hard and symbolic links keep the object's mode.
     */
    public LinkType link(Path cacheObject, Path target, boolean executable) {
        Path temporary = AtomicFiles.beside(target);
        try {
            ObjectCopier.makeParents(target);
            try {
                LinkType used = makeFirst(cacheObject, temporary, executable);
                AtomicFiles.move(temporary, target);
                return used;
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw StoreException.io("check out '" + target + "'", e);
        }
    }

    /** Whether the two are one file: a hard link or a symbolic link to the object. */
    static boolean isSameFile(Path cacheObject, Path target) throws IOException {
        return Files.exists(cacheObject) && Files.isSameFile(cacheObject, target);
    }

    private LinkType makeFirst(Path object, Path temporary, boolean executable) throws IOException {
        @Nullable IOException last = null;
        for (LinkType type : types) {
            Optional<IOException> failure = make(type, object, temporary, executable);
            if (failure.isEmpty()) {
                return type;
            }
            last = failure.get();
            Files.deleteIfExists(temporary);
        }
        throw last == null ? new IOException("no link type is given") : last;
    }

    private static Optional<IOException> make(LinkType type, Path object, Path temporary, boolean executable) {
        try {
            switch (type) {
                case REFLINK -> {
                    if (!Reflink.tryClone(object, temporary)) {
                        return Optional.of(new IOException("the file system of the cache cannot make reflinks"));
                    }
                    ObjectCopier.setWorkspaceMode(temporary, executable);
                }
                case HARDLINK -> Files.createLink(temporary, object);
                case SYMLINK -> Files.createSymbolicLink(temporary, object.toAbsolutePath());
                case COPY -> {
                    ObjectCopier.copy(object, temporary);
                    ObjectCopier.setWorkspaceMode(temporary, executable);
                }
            }
            return Optional.empty();
        } catch (UnsupportedOperationException e) {
            return Optional.of(new IOException(
                    "the file system cannot make a " + type.name().toLowerCase(Locale.ROOT), e));
        } catch (IOException e) {
            return Optional.of(e);
        }
    }
}

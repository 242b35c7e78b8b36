package dev.cairn.store.cas;

import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where objects lie below a store's root, and what their names are hashes of. */
public enum Layout {
    /** DVC 2.x: {@code <2>/<30>}. */
    V2(HashName.MD5_DOS2UNIX),
    /** DVC 3: {@code files/md5/<2>/<30>}. */
    V3(HashName.MD5);

    private final HashName hashName;

    Layout(HashName hashName) {
        this.hashName = hashName;
    }

    /** The hash that names objects in this layout. */
    public HashName hashName() {
        return hashName;
    }

    /** The file of the object below {@code root}. */
    public Path pathOf(Path root, ContentHash hash) {
        return objects(root).resolve(hash.prefix()).resolve(hash.rest());
    }

    /** Every object below {@code root}; what else lies there, such as files being written, is passed over. */
    public List<ContentHash> list(Path root) throws IOException {
        List<ContentHash> found = new ArrayList<>();
        Path objects = objects(root);
        if (!Files.isDirectory(objects)) {
            return found;
        }
        try (DirectoryStream<Path> prefixes = Files.newDirectoryStream(objects, "[0-9a-f][0-9a-f]")) {
            for (Path prefix : prefixes) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(prefix)) {
                    files.forEach(
                            file -> ContentHash.tryParse(prefix.getFileName() + String.valueOf(file.getFileName()))
                                    .ifPresent(found::add));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    /** The directory that holds the objects' directories. */
    public Path objects(Path root) {
        return this == V2 ? root : root.resolve("files").resolve("md5");
    }
}

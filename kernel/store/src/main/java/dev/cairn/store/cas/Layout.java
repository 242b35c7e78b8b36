package dev.cairn.store.cas;

import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import java.nio.file.Path;

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

    /** The directory that holds the objects' directories. */
    public Path objects(Path root) {
        return this == V2 ? root : root.resolve("files").resolve("md5");
    }
}

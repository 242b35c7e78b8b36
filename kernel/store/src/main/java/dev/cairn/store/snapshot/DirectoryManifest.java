package dev.cairn.store.snapshot;

import dev.cairn.store.StoreException;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.ContentHasher;
import dev.cairn.store.hash.HashName;
import dev.cairn.store.json.JsonReader;
import dev.cairn.store.json.PythonJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of a directory and their content: what DVC keeps as a {@code .dir} object. Entries are sorted as DVC sorts them, by
 * the path as a text. Paths are relative with {@code /} and cannot leave the directory, whoever wrote the manifest.
 */
public record DirectoryManifest(List<Entry> entries) {
    /** A file of the directory: its path relative to it and its content. */
    public record Entry(String path, ContentHash hash) {
        public Entry {
            checkPath(path);
            if (hash.isDirectory()) {
                throw damaged("'" + path + "' has the hash of a directory, " + hash);
            }
        }
    }

    private static final Comparator<Entry> ORDER = Comparator.comparing(Entry::path, PythonJson::compareByCodePoint);

    public DirectoryManifest {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(ORDER);
        checkDistinct(sorted);
        entries = List.copyOf(sorted);
    }

    /** Reads the bytes of a {@code .dir} object. */
    public static DirectoryManifest parse(byte[] bytes) {
        if (!(JsonReader.parse(bytes) instanceof List<?> items)) {
            throw damaged("it is not a list");
        }
        List<Entry> entries = new ArrayList<>(items.size());
        for (Object item : items) {
            entries.add(entry(item));
        }
        return new DirectoryManifest(entries);
    }

    /** The bytes of the {@code .dir} object, as DVC writes them. */
    public byte[] toBytes() {
        List<Map<String, String>> items = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            Map<String, String> item = new LinkedHashMap<>();
            item.put("md5", entry.hash().value());
            item.put("relpath", entry.path());
            items.add(item);
        }
        return PythonJson.dumps(items).getBytes(StandardCharsets.US_ASCII);
    }

    /** The directory's hash: that of its bytes, with {@code .dir}. */
    public ContentHash hash() {
        return ContentHasher.hash(toBytes(), HashName.MD5).asDirectory();
    }

    /** The entries by path, in the manifest's order. */
    public Map<String, ContentHash> byPath() {
        Map<String, ContentHash> byPath = new LinkedHashMap<>();
        entries.forEach(entry -> byPath.put(entry.path(), entry.hash()));
        return byPath;
    }

    private static Entry entry(@Nullable Object item) {
        if (item instanceof Map<?, ?> map
                && map.get("relpath") instanceof String path
                && map.get("md5") instanceof String hash) {
            return new Entry(path, ContentHash.parse(hash));
        }
        throw damaged("an entry lacks 'md5' or 'relpath'");
    }

    private static void checkPath(String path) {
        boolean windows = java.io.File.separatorChar == '\\';
        if (path.isEmpty()
                || path.indexOf('\0') >= 0
                || (windows && (path.indexOf('\\') >= 0 || path.indexOf(':') >= 0))) {
            throw damaged("'" + path.replace('\0', '?') + "' is not a usable path");
        }
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || part.equalsIgnoreCase(".git")) {
                throw damaged("the path '" + path + "' leaves its directory or is not plain");
            }
        }
    }

    private static void checkDistinct(List<Entry> sorted) {
        Set<String> files = new HashSet<>();
        for (Entry entry : sorted) {
            if (!files.add(entry.path())) {
                throw damaged("'" + entry.path() + "' is in it twice");
            }
        }
        for (String path : files) {
            for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
                if (files.contains(path.substring(0, slash))) {
                    throw damaged("'" + path.substring(0, slash) + "' and '" + path + "' cannot both be files");
                }
            }
        }
    }

    private static StoreException damaged(String problem) {
        return new StoreException(
                "A directory's manifest cannot be used: " + problem + ".",
                "Delete the damaged .dir object from the cache and pull it again.");
    }
}

package dev.cairn.engine.project;

import dev.cairn.store.hash.ContentHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers where outputs were put and with what content, so that a later checkout can remove what nothing tracks any more. A line per
 * event, the latest counts; losing the file only means that such leftovers stay.
 */
public final class TrackedPlaces {
    private static final int LONG = 1_000_000;

    private final Path file;

    TrackedPlaces(Path file) {
        this.file = file;
    }

    /** Notes that the path, relative to the root, has this content now. */
    public void note(String path, ContentHash hash) {
        write(hash.value() + " " + path + "\n", true);
    }

    /** The noted paths with their content. */
    public Map<String, ContentHash> all() {
        Map<String, ContentHash> places = new LinkedHashMap<>();
        if (!Files.isRegularFile(file)) {
            return places;
        }
        try {
            for (String line : Files.readString(file).split("\n", -1)) {
                int space = line.indexOf(' ');
                if (space > 0) {
                    ContentHash.tryParse(line.substring(0, space))
                            .ifPresent(hash -> places.put(line.substring(space + 1), hash));
                }
            }
            return places;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Forgets all but these. */
    public void keep(Map<String, ContentHash> places) {
        StringBuilder text = new StringBuilder();
        places.forEach((path, hash) ->
                text.append(hash.value()).append(' ').append(path).append('\n'));
        write(text.toString(), false);
    }

    private void write(String text, boolean append) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            boolean isTooLong = append && Files.exists(file) && Files.size(file) > LONG;
            if (append && !isTooLong) {
                Files.writeString(
                        file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } else {
                Files.writeString(file, text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}

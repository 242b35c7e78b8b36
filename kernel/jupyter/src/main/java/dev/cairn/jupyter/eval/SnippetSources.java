package dev.cairn.jupyter.eval;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers from where in which cell each snippet came. */
final class SnippetSources {
    private final Map<String, Origin> origins = new ConcurrentHashMap<>();

    /** A snippet's place and text. */
    record Origin(SourcePosition start, String text) {
        /** A line of the snippet, counted from 1, as it stands in the cell. */
        String line(int number) {
            return text.lines().skip(number - 1L).findFirst().orElse("");
        }
    }

    void remember(String snippetId, Origin origin) {
        origins.put(snippetId, origin);
    }

    Optional<Origin> find(String snippetId) {
        return Optional.ofNullable(origins.get(snippetId));
    }
}

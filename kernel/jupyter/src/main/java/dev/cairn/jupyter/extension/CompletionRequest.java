package dev.cairn.jupyter.extension;

import java.util.List;
import java.util.Objects;

/**
 * A press of Tab behind a magic's name.
 *
 * @param line what stands behind the name, without the blanks in between
 * @param cursor where the cursor is in {@code line}, in UTF-16 units
 */
public record CompletionRequest(String line, int cursor) {
    public CompletionRequest {
        Objects.requireNonNull(line, "line is null");
        Objects.checkIndex(cursor, line.length() + 1);
    }

    /** The unfinished word before the cursor; empty after a blank. */
    public String word() {
        return line.substring(wordStart(), cursor);
    }

    /** Where {@link #word()} begins in {@link #line()}. */
    public int wordStart() {
        int start = cursor;
        while (start > 0 && !Character.isWhitespace(line.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** The finished words before {@link #word()}. */
    public List<String> precedingWords() {
        String before = line.substring(0, wordStart()).trim();
        return before.isEmpty() ? List.of() : List.of(before.split("\\s+"));
    }
}

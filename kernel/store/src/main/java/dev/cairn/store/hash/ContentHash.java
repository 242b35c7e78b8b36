package dev.cairn.store.hash;

import dev.cairn.store.StoreException;
import java.util.Optional;

/**
 * The name of content in a store: 32 lower-case hexadecimal digits, and {@code .dir} behind them for a directory's manifest.
 * Nothing else passes, so a hash from a file someone else wrote can be made a path.
 */
public record ContentHash(String value) implements Comparable<ContentHash> {
    private static final int DIGITS = 32;
    private static final String DIRECTORY = ".dir";

    public ContentHash {
        if (!isValid(value)) {
            throw new StoreException(
                    "'" + printable(value)
                            + "' is not a content hash (32 hexadecimal digits, with '.dir' for a directory).",
                    "The file it comes from may be damaged; restore it from Git.");
        }
    }

    /** The hash written as {@code text}; throws when it is none. */
    public static ContentHash parse(String text) {
        return new ContentHash(text);
    }

    /** The hash written as {@code text}, or nothing when it is none. */
    public static Optional<ContentHash> tryParse(String text) {
        return isValid(text) ? Optional.of(new ContentHash(text)) : Optional.empty();
    }

    /** Whether this names a directory's manifest. */
    public boolean isDirectory() {
        return value.length() > DIGITS;
    }

    /** The first two characters: the directory of the object in the store. */
    public String prefix() {
        return value.substring(0, 2);
    }

    /** What follows the prefix, {@code .dir} included: the name of the object's file. */
    public String rest() {
        return value.substring(2);
    }

    /** The hash of the directory whose manifest has this hash. */
    public ContentHash asDirectory() {
        return isDirectory() ? this : new ContentHash(value + DIRECTORY);
    }

    /** The digits without {@code .dir}. */
    public String digits() {
        return value.substring(0, DIGITS);
    }

    @Override
    public int compareTo(ContentHash other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean isValid(String text) {
        boolean length = text.length() == DIGITS || (text.length() == DIGITS + 4 && text.endsWith(DIRECTORY));
        return length && text.chars().limit(DIGITS).allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private static String printable(String text) {
        String start = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}

package dev.cairn.store;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything the store throws: a message that says what went wrong and where, and a hint that says what to do about
 * it. Failed input and output is wrapped in it too, so that callers meet one kind of exception.
 */
public class StoreException extends RuntimeException {
    private final String hint;

    public StoreException(String message, String hint) {
        this(message, hint, null);
    }

    public StoreException(String message, String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    /** An exception for failed input or output: {@code doing} is the act with its path, as in "read '/a/b'". */
    public static StoreException io(String doing, IOException cause) {
        return new StoreException("Cannot " + doing + ": " + reason(cause), hintFor(cause), cause);
    }

    /** The next command or edit, when there is one to name. */
    public Optional<String> hint() {
        return hint.isEmpty() ? Optional.empty() : Optional.of(hint);
    }

    private static String reason(IOException cause) {
        if (cause instanceof java.nio.file.NoSuchFileException) {
            return "no such file or directory";
        }
        if (cause instanceof java.nio.file.AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof java.nio.file.FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private static String hintFor(IOException cause) {
        if (cause instanceof java.nio.file.AccessDeniedException) {
            return "Check who owns the file and its directory, and their permissions.";
        }
        String message = String.valueOf(cause.getMessage());
        if (message.contains("No space left") || message.contains("quota")) {
            return "Free some space (for the cache: `gc`), then run the command again.";
        }
        if (message.contains("File too large")) {
            return "Files may not become that long here: `ulimit -f` shows the limit.";
        }
        return "";
    }
}

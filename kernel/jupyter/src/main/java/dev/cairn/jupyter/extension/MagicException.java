package dev.cairn.jupyter.extension;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure the user can read as it stands: the cell shows name, message and hint, without a stack trace.
 */
public class MagicException extends RuntimeException {
    private final String errorName;
    private final @Nullable String hint;

    /**
     * Makes one.
     *
     * @param errorName short name of the kind of error, shown before the message
     * @param message what happened, and where
     * @param hint what to do about it, if there is something
     */
    public MagicException(String errorName, String message, @Nullable String hint) {
        this(errorName, message, hint, null);
    }

    /** Makes one that keeps what caused it for {@link #getCause()}. */
    public MagicException(String errorName, String message, @Nullable String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.errorName = Objects.requireNonNull(errorName, "errorName is null");
        this.hint = hint;
    }

    /** The kind of error, sent to front ends as {@code ename}. */
    public final String errorName() {
        return errorName;
    }

    /** What to do about it. */
    public final Optional<String> hint() {
        return Optional.ofNullable(hint);
    }
}

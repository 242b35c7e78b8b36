package dev.cairn.engine.error;

import org.jspecify.annotations.Nullable;

/** Says that a command cannot go on: what is wrong and where, and in the hint what to do about it. */
public class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    /**
     * With a message and a hint.
     *
     * @param hint the next command or edit that helps; empty when the message says it all
     */
    public EngineException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    public EngineException(String message, String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    public String hint() {
        return hint;
    }

    /** The process exit code that DVC 2.58.2 gives for this kind of error. */
    public int exitCode() {
        return 255;
    }
}

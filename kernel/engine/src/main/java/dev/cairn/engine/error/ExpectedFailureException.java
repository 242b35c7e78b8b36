package dev.cairn.engine.error;

import org.jspecify.annotations.Nullable;

/** A command could not do what it was asked, in one of the ways for which DVC exits with 1. */
public final class ExpectedFailureException extends EngineException {
    private static final long serialVersionUID = 1L;

    public ExpectedFailureException(String message, String hint) {
        super(message, hint);
    }

    public ExpectedFailureException(String message, String hint, @Nullable Throwable cause) {
        super(message, hint, cause);
    }

    @Override
    public int exitCode() {
        return 1;
    }
}

package dev.cairn.engine.error;

import org.jspecify.annotations.Nullable;

/** The directory, or its Git repository, cannot hold or does not hold a project. */
public final class NotARepositoryException extends EngineException {
    private static final long serialVersionUID = 1L;

    public NotARepositoryException(String message, String hint) {
        super(message, hint);
    }

    public NotARepositoryException(String message, String hint, @Nullable Throwable cause) {
        super(message, hint, cause);
    }

    @Override
    public int exitCode() {
        return 253;
    }
}

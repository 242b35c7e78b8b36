package dev.cairn.engine.error;

import org.jspecify.annotations.Nullable;

/** Another process works on the project. */
public final class RepositoryBusyException extends EngineException {
    private static final long serialVersionUID = 1L;

    public RepositoryBusyException(String message, String hint) {
        super(message, hint);
    }

    public RepositoryBusyException(String message, String hint, @Nullable Throwable cause) {
        super(message, hint, cause);
    }

    @Override
    public int exitCode() {
        return 255;
    }
}

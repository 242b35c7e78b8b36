package dev.cairn.engine.error;

import org.jspecify.annotations.Nullable;

/** A stage, output, revision, experiment or remote that does not exist was asked for. */
public final class UnknownNameException extends EngineException {
    private static final long serialVersionUID = 1L;

    public UnknownNameException(String message, String hint) {
        super(message, hint);
    }

    public UnknownNameException(String message, String hint, @Nullable Throwable cause) {
        super(message, hint, cause);
    }

    @Override
    public int exitCode() {
        return 255;
    }
}

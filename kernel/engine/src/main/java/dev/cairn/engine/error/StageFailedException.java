package dev.cairn.engine.error;

import org.jspecify.annotations.Nullable;

/** A stage could not be run to its end. */
public final class StageFailedException extends EngineException {
    private static final long serialVersionUID = 1L;

    public StageFailedException(String message, String hint) {
        super(message, hint);
    }

    public StageFailedException(String message, String hint, @Nullable Throwable cause) {
        super(message, hint, cause);
    }

    @Override
    public int exitCode() {
        return 255;
    }
}

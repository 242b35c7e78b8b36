package dev.cairn.engine.error;

import org.jspecify.annotations.Nullable;

/** Objects that are needed are in no cache within reach. */
public final class MissingDataException extends EngineException {
    private static final long serialVersionUID = 1L;

    public MissingDataException(String message, String hint) {
        super(message, hint);
    }

    public MissingDataException(String message, String hint, @Nullable Throwable cause) {
        super(message, hint, cause);
    }

    @Override
    public int exitCode() {
        return 255;
    }
}

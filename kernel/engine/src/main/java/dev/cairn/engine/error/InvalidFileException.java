package dev.cairn.engine.error;

import org.jspecify.annotations.Nullable;

/** A file of the project cannot be read as what it should be; the message names file and line. */
public final class InvalidFileException extends EngineException {
    private static final long serialVersionUID = 1L;

    public InvalidFileException(String message, String hint) {
        super(message, hint);
    }

    public InvalidFileException(String message, String hint, @Nullable Throwable cause) {
        super(message, hint, cause);
    }

    @Override
    public int exitCode() {
        return 255;
    }
}

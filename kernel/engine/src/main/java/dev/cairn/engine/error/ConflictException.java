package dev.cairn.engine.error;

import org.jspecify.annotations.Nullable;

/** Going on would overwrite or contradict something that is there: an experiment, an output, unsaved work. */
public final class ConflictException extends EngineException {
    private static final long serialVersionUID = 1L;

    public ConflictException(String message, String hint) {
        super(message, hint);
    }

    public ConflictException(String message, String hint, @Nullable Throwable cause) {
        super(message, hint, cause);
    }

    @Override
    public int exitCode() {
        return 255;
    }
}

package dev.cairn.engine.error;

import org.jspecify.annotations.Nullable;

/** A setting in one of the configuration files is missing or wrong. */
public final class ConfigException extends EngineException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message, String hint) {
        super(message, hint);
    }

    public ConfigException(String message, String hint, @Nullable Throwable cause) {
        super(message, hint, cause);
    }

    @Override
    public int exitCode() {
        return 251;
    }
}

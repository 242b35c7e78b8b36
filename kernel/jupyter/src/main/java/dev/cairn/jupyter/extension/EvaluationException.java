package dev.cairn.jupyter.extension;

import org.jspecify.annotations.Nullable;

/** Says that Java code of the session did not compile, or threw. */
public final class EvaluationException extends Exception {
    /** Makes one; {@code cause} is what the code threw, absent when it did not compile. */
    public EvaluationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

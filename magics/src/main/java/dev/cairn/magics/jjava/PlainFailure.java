package dev.cairn.magics.jjava;

import dev.cairn.jupyter.extension.MagicException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A failure the user can read as it stands. JJava would add the stack: there is none here, and the message is all of it. */
final class PlainFailure extends RuntimeException {
    private PlainFailure(MagicException failure) {
        super(
                failure.getMessage()
                        + failure.hint().map(hint -> "\nHint: " + hint).orElse(""),
                null,
                false,
                false);
    }

    /** Runs the magic; what it has to tell the user comes without a stack trace. */
    static @Nullable Object orPlain(Callable<@Nullable Object> magic) throws Exception {
        try {
            return magic.call();
        } catch (MagicException e) {
            throw new PlainFailure(e);
        }
    }
}

package dev.cairn.jupyter.extension;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code %name arguments} does. */
@FunctionalInterface
public interface LineMagic {
    /**
     * Runs the magic. Its value is what {@code x = %name} assigns and, at the end of a cell, what the cell shows; null shows
     * nothing. When the user interrupts the cell, the running thread is interrupted: let {@link InterruptedException} travel up.
     *
     * @throws MagicException to tell the user something plainly; any other exception is shown with its stack trace
     */
    @Nullable
    Object run(MagicCall call) throws Exception;

    /** Words that could stand in place of {@link CompletionRequest#word()}. */
    default List<String> complete(CompletionRequest request) {
        return List.of();
    }

    /** Whether the arguments are Java code, whose braces are its own: then no <code>{expression}</code> is filled in. */
    default boolean takesCode() {
        return false;
    }

    /** What {@code %name arguments?} shows, as plain text; empty when there is no help. */
    default Optional<String> help(String arguments) {
        return Optional.empty();
    }
}

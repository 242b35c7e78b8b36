package dev.cairn.jupyter.output;

import java.util.List;
import java.util.Objects;

/**
 * Why a cell failed, as front ends show it.
 *
 * @param name kind of error, such as the exception's class
 * @param message what it says, in one piece
 * @param traceback the lines to show, with ANSI colors
 */
public record CellError(String name, String message, List<String> traceback) {
    public CellError {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(message, "message is null");
        traceback = List.copyOf(traceback);
    }
}

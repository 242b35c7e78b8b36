package dev.cairn.jupyter.session;

import static java.util.Objects.requireNonNull;

/**
 * Code that a cell offers to the user, as {@code %load} does.
 *
 * @param code the code
 * @param replacesCell whether it takes the place of the cell that ran, or becomes a new cell
 */
public record NextInput(String code, boolean replacesCell) {
    public NextInput {
        requireNonNull(code, "code is null");
    }
}

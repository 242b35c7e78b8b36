package dev.cairn.jupyter.extension;

/** Something on display that can be replaced in place, as a progress line is. */
public interface DisplayHandle {
    /** The id under which front ends know it. */
    String id();

    /** Replaces what is shown, everywhere it is shown; values are taken as in {@link CellOutput#display}. */
    void update(Object value);
}

package dev.cairn.jupyter.magic;

/** A stretch of a cell: Java, or one magic. Parts run in order. */
public sealed interface CellPart {
    /** The line of the cell on which the part begins, from 1. */
    int line();

    /**
     * Java code, to be evaluated as it is.
     *
     * @param code the code
     * @param offset where it begins in the cell
     */
    record Java(String code, int line, int offset) implements CellPart {}

    /**
     * A line magic or shell command at top level.
     *
     * @param target what its value is assigned to, as in {@code var table}; empty when to nothing
     * @param name the magic; {@code !} for a shell command
     * @param arguments what stands behind the name, before expressions are filled in
     */
    record Line(String target, String name, String arguments, int line) implements CellPart {}

    /**
     * A cell magic: the whole cell.
     *
     * @param body the lines below the first
     */
    record Cell(String name, String arguments, String body, int line) implements CellPart {}
}

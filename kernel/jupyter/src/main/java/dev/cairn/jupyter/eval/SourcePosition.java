package dev.cairn.jupyter.eval;

/**
 * Where a piece of Java stands.
 *
 * @param cell the cell's number, as front ends show it
 * @param line the line in the cell, from 1
 * @param column characters before it on that line
 */
public record SourcePosition(int cell, int line, int column) {
    /** The position after some more text. */
    public SourcePosition after(CharSequence text) {
        int newLine = line;
        int newColumn = column;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                newLine++;
                newColumn = 0;
            } else {
                newColumn++;
            }
        }
        return new SourcePosition(cell, newLine, newColumn);
    }

    @Override
    public String toString() {
        return "cell " + cell + ", line " + line;
    }
}

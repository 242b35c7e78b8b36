package dev.cairn.magics.render;

import java.util.List;

/** Small tables of text for commands. */
public final class TextTables {
    private TextTables() {}

    /** Rows without a head, columns parted by two blanks. */
    public static String plain(List<List<String>> rows) {
        return new TextTable(List.of(), rows).plain();
    }

    /** Rows with a head, columns parted by two blanks. */
    public static String plain(List<String> headers, List<List<String>> rows) {
        return new TextTable(headers, rows).plain();
    }
}

package dev.cairn.jupyter.extension;

import java.util.List;

/** One use of a magic in a cell. */
public interface MagicCall {
    /** The magic's name, without percent signs. */
    String name();

    /** What stands behind the name, trimmed, with every <code>{expression}</code> replaced by its value. */
    String arguments();

    /** The arguments split into words as a POSIX shell would: quotes keep blanks, a backslash keeps the next character. */
    List<String> words();

    /** Where this use of the magic writes and displays. */
    CellOutput output();

    /** The session it runs in. */
    KernelContext kernel();
}

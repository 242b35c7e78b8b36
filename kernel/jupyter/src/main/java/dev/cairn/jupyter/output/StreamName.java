package dev.cairn.jupyter.output;

import java.util.Locale;

/** The two output streams of a cell. */
public enum StreamName {
    STDOUT,
    STDERR;

    /** The name in messages and notebooks. */
    public String protocolName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

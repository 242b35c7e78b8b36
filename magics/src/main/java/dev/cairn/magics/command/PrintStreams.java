package dev.cairn.magics.command;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Streams for special needs. */
final class PrintStreams {
    /** Takes everything and keeps nothing. */
    static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    private PrintStreams() {}
}

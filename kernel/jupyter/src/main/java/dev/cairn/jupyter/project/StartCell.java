package dev.cairn.jupyter.project;

import dev.cairn.jupyter.extension.MagicException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Code that runs ahead of the first cell.
 *
 * @param origin the setting or the file it comes from
 * @param code as in a cell, with magics
 */
public record StartCell(String origin, String code) {
    static StartCell of(Path script) {
        if (!Files.isRegularFile(script)) {
            throw new MagicException(
                    "FileNotFound", "There is no start-up file " + script + ".", "The setting 'startup' names it.");
        }
        try {
            return new StartCell(script.toString(), Files.readString(script));
        } catch (IOException e) {
            throw new UncheckedIOException("The start-up file " + script + " cannot be read", e);
        }
    }
}

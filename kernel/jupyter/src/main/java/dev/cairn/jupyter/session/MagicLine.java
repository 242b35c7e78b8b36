package dev.cairn.jupyter.session;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells whether a line that is being typed is a magic's. */
final class MagicLine {
    private static final Pattern LINE = Pattern.compile("^\\s*(?:[\\w.<>,\\[\\] ]*[^=!<>]=\\s*)?(%.*)$");

    private MagicLine() {}

    /** Where the percent sign is; -1 when there is none. */
    static int start(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches() ? matcher.start(1) : -1;
    }
}

package dev.cairn.jupyter.eval;

/** Colors of tracebacks, from the 16 that every front end maps to its theme. */
public final class Ansi {
    private Ansi() {}

    /** What went wrong. */
    public static String red(String text) {
        return "\u001b[1;31m" + text + "\u001b[0m";
    }

    /** Where it went wrong. */
    public static String cyan(String text) {
        return "\u001b[36m" + text + "\u001b[0m";
    }

    /** What to do about it. */
    public static String green(String text) {
        return "\u001b[32m" + text + "\u001b[0m";
    }
}

package dev.cairn.magics.command;

/** DVC's exit codes. */
final class ExitCodes {
    static final int DIFFERENT = 1;
    static final int CONFIG = 251;
    static final int INTERRUPTED = 252;
    static final int NO_REPOSITORY = 253;
    static final int USAGE = 254;
    static final int ERROR = 255;

    private ExitCodes() {}
}

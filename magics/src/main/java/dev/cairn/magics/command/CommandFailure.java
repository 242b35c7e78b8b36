package dev.cairn.magics.command;

/** Ends a command with an exit code: what it had to say was said as an error, or is the exit code itself. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String hint;

    /**
     * Makes one.
     *
     * @param message empty when there is nothing more to say
     * @param hint what to do about it; empty when the message says it all
     */
    public CommandFailure(int exitCode, String message, String hint) {
        super(message);
        this.exitCode = exitCode;
        this.hint = hint;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    public int exitCode() {
        return exitCode;
    }

    public String hint() {
        return hint;
    }
}

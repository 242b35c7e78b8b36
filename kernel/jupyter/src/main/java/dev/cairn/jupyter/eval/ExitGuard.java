package dev.cairn.jupyter.eval;

/**
 * Where {@code System.exit} of a cell leads: it ends the cell, not the kernel. Public because cells call it, without knowing;
 * see {@link ClassFilePatch}.
 */
public final class ExitGuard {
    private ExitGuard() {}

    /** Ends the running cell. */
    @SuppressWarnings("DoNotCallSuggester") // no one calls it by name
    public static void exit(int status) {
        throw new CellExit(status);
    }

    /** Thrown in place of ending the process. An {@code Error}, so that code which handles exceptions lets it pass. */
    @SuppressWarnings("OverrideThrowableToString")
    public static final class CellExit extends Error {
        CellExit(int status) {
            super("System.exit(" + status
                    + ") ended this cell; the kernel keeps running (restart it from the Kernel menu)");
        }

        @Override
        public String toString() {
            return "SystemExit: " + getMessage();
        }
    }
}

package dev.cairn.jupyter.notebook;

/** Says that a file is no notebook, or that a notebook cannot be run as asked. The message names the file or the parameter. */
public final class NotebookException extends RuntimeException {
    /** Makes one that says what is wrong and what to do. */
    public NotebookException(String message) {
        super(message);
    }

    NotebookException(String message, Throwable cause) {
        super(message, cause);
    }
}

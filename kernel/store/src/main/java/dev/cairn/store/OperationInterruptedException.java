package dev.cairn.store;

/**
 * The thread was interrupted while the store waited or worked. Files are whole; the thread's interrupt flag is set again, so a
 * caller may simply let this travel up.
 */
public final class OperationInterruptedException extends StoreException {
    public OperationInterruptedException(String doing) {
        super("Interrupted while " + doing + ".", "");
        Thread.currentThread().interrupt();
    }
}

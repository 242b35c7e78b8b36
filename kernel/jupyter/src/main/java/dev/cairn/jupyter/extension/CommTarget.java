package dev.cairn.jupyter.extension;

/** Serves the comms that front ends open for one target. */
@FunctionalInterface
public interface CommTarget {
    /** Takes a comm that was opened; sets its handlers before the next message is served. */
    void opened(Comm comm, CommMessage message);
}

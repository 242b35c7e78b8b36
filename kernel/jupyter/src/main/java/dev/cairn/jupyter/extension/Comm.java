package dev.cairn.jupyter.extension;

import java.util.function.Consumer;

/**
 * A channel between code in the kernel and code in the front end, such as a widget's. What is sent goes along with the output
 * of the cell that the calling thread works for. May be used from any thread.
 */
public interface Comm {
    /** The channel's id, the same at both ends. */
    String id();

    /** What the channel is for. */
    String target();

    /** Sends a message; does nothing once the channel is closed. */
    void send(CommMessage message);

    /** Sets what takes the front end's messages. It runs as a cell does: it can print, fail and be interrupted. */
    void onMessage(Consumer<CommMessage> handler);

    /** Sets what is told when the front end closes the channel. */
    void onClose(Consumer<CommMessage> handler);

    /** Closes the channel, at both ends. */
    void close(CommMessage message);
}

package dev.cairn.jupyter.output;

import dev.cairn.jupyter.extension.CommMessage;

/**
 * Something that happens to a comm, in either direction.
 *
 * @param kind what happens
 * @param id the comm's id
 * @param target what the comm is for; empty unless it is opened
 * @param message what is said
 */
public record CommEvent(Kind kind, String id, String target, CommMessage message) {
    /** What can happen. */
    public enum Kind {
        OPEN,
        MESSAGE,
        CLOSE
    }
}

package dev.cairn.jupyter.protocol;

/** Says that frames are no message of this session: no delimiter, wrong signature, no JSON. */
public final class MalformedMessageException extends Exception {
    MalformedMessageException(String message) {
        super(message);
    }

    MalformedMessageException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.cairn.jupyter.extension;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * What one end of a {@link Comm} tells the other.
 *
 * @param data the message
 * @param metadata what is said about it
 * @param buffers binary parts, sent as they are
 */
public record CommMessage(JsonObject data, JsonObject metadata, List<byte[]> buffers) {
    public CommMessage {
        buffers = List.copyOf(buffers);
    }

    /** A message without metadata and binary parts. */
    public static CommMessage of(JsonObject data) {
        return new CommMessage(data, new JsonObject(), List.of());
    }

    /** A message that says nothing but that it is one. */
    public static CommMessage empty() {
        return of(new JsonObject());
    }
}

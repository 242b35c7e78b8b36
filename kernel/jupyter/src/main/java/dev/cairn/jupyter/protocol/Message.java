package dev.cairn.jupyter.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * One message, of whatever type: new types of the protocol need no new class.
 *
 * @param identities routing frames; on the publishing channel, the topic
 * @param header who sent what
 * @param parent the header of the message that caused this one; empty if none did
 */
public record Message(
        List<byte[]> identities,
        JsonObject header,
        JsonObject parent,
        JsonObject metadata,
        JsonObject content,
        List<byte[]> buffers) {
    public Message {
        identities = List.copyOf(identities);
        buffers = List.copyOf(buffers);
    }

    /** The type, such as {@code execute_request}. */
    public String type() {
        return text(header, "msg_type").orElse("");
    }

    /** The subshell this is for; absent when it is for the main shell. */
    public Optional<String> subshell() {
        return text(header, "subshell_id");
    }

    /** This message with metadata and binary parts. */
    public Message with(JsonObject newMetadata, List<byte[]> newBuffers) {
        return new Message(identities, header, parent, newMetadata, content, newBuffers);
    }

    /** A text of the content. */
    public Optional<String> text(String name) {
        return text(content, name);
    }

    /** A number of the content, or the default. */
    public int number(String name, int otherwise) {
        JsonElement value = content.get(name);
        boolean isGiven = value != null
                && value.isJsonPrimitive()
                && value.getAsJsonPrimitive().isNumber();
        return isGiven ? value.getAsInt() : otherwise;
    }

    /** A truth value of the content, or the default. */
    public boolean flag(String name, boolean otherwise) {
        JsonElement value = content.get(name);
        boolean isGiven = value != null
                && value.isJsonPrimitive()
                && value.getAsJsonPrimitive().isBoolean();
        return isGiven ? value.getAsBoolean() : otherwise;
    }

    /** An object of the content; empty when there is none. */
    public JsonObject object(String name) {
        return content.get(name) instanceof JsonObject object ? object : new JsonObject();
    }

    private static Optional<String> text(JsonObject object, String name) {
        return Optional.ofNullable(object.get(name))
                .filter(value ->
                        value.isJsonPrimitive() && value.getAsJsonPrimitive().isString())
                .map(JsonElement::getAsString);
    }
}

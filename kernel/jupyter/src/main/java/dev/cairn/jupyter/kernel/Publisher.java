package dev.cairn.jupyter.kernel;

import com.google.gson.JsonObject;
import dev.cairn.jupyter.channel.Channel;
import dev.cairn.jupyter.channel.MessageSender;
import dev.cairn.jupyter.display.MimeBundle;
import dev.cairn.jupyter.extension.CommMessage;
import dev.cairn.jupyter.protocol.Message;
import dev.cairn.jupyter.protocol.MessageCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Publishes to all front ends. */
final class Publisher {
    private final MessageCodec codec;
    private final Channel iopub;
    private final MessageSender sender;

    Publisher(MessageCodec codec, Channel iopub, MessageSender sender) {
        this.codec = codec;
        this.iopub = iopub;
        this.sender = sender;
    }

    void publish(String type, JsonObject parent, JsonObject content) {
        sender.send(iopub, message(type, parent, content));
    }

    /** Publishes one of possibly very many messages; waits when too many are on their way. */
    void publishBulk(String type, JsonObject parent, JsonObject content, int size) {
        sender.sendBulk(iopub, message(type, parent, content), size);
    }

    /** Publishes what goes to the other end of a comm, with its metadata and binary parts. */
    void publishComm(String type, JsonObject parent, JsonObject content, CommMessage said) {
        int size = said.buffers().stream().mapToInt(buffer -> buffer.length).sum();
        sender.sendBulk(iopub, message(type, parent, content).with(said.metadata(), said.buffers()), size);
    }

    void status(String state, JsonObject parent) {
        var content = new JsonObject();
        content.addProperty("execution_state", state);
        publish("status", parent, content);
    }

    static JsonObject displayContent(MimeBundle bundle) {
        var content = new JsonObject();
        content.add("data", bundle.data());
        content.add("metadata", bundle.metadata());
        var transientPart = new JsonObject();
        if (bundle.displayId() != null) {
            transientPart.addProperty("display_id", bundle.displayId());
        }
        content.add("transient", transientPart);
        return content;
    }

    private Message message(String type, JsonObject parent, JsonObject content) {
        // The topic, as ipykernel names it.
        byte[] topic = ("kernel.cairn." + type).getBytes(StandardCharsets.UTF_8);
        return codec.message(type, List.of(topic), parent, content);
    }
}

package dev.cairn.jupyter.kernel;

import com.google.gson.JsonObject;
import dev.cairn.jupyter.extension.CommMessage;
import dev.cairn.jupyter.output.CommEvent;
import dev.cairn.jupyter.protocol.Message;
import java.util.Map;
import java.util.Optional;

/** Between comms and the contents of messages. */
final class CommMessages {
    private CommMessages() {}

    static CommEvent event(Message message) {
        CommEvent.Kind kind =
                switch (message.type()) {
                    case "comm_open" -> CommEvent.Kind.OPEN;
                    case "comm_close" -> CommEvent.Kind.CLOSE;
                    default -> CommEvent.Kind.MESSAGE;
                };
        return new CommEvent(
                kind,
                message.text("comm_id").orElse(""),
                message.text("target_name").orElse(""),
                new CommMessage(message.object("data"), message.metadata(), message.buffers()));
    }

    static String type(CommEvent event) {
        return switch (event.kind()) {
            case OPEN -> "comm_open";
            case MESSAGE -> "comm_msg";
            case CLOSE -> "comm_close";
        };
    }

    static JsonObject content(CommEvent event) {
        var content = new JsonObject();
        content.addProperty("comm_id", event.id());
        if (event.kind() == CommEvent.Kind.OPEN) {
            content.addProperty("target_name", event.target());
        }
        content.add("data", event.message().data());
        return content;
    }

    /** The reply that lists open comms, of one target if the request names one. */
    static JsonObject info(Map<String, String> targets, Message request) {
        Optional<String> asked = request.text("target_name").filter(name -> !name.isEmpty());
        var comms = new JsonObject();
        targets.forEach((id, target) -> {
            if (asked.isEmpty() || asked.get().equals(target)) {
                var comm = new JsonObject();
                comm.addProperty("target_name", target);
                comms.add(id, comm);
            }
        });
        JsonObject content = Replies.ok();
        content.add("comms", comms);
        return content;
    }
}

package dev.cairn.jupyter.kernel;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cairn.jupyter.channel.Channel;
import dev.cairn.jupyter.channel.MessageSender;
import dev.cairn.jupyter.protocol.Message;
import dev.cairn.jupyter.protocol.MessageCodec;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/** Asks the user for lines over the stdin channel. Several cells may ask at a time. */
final class InputRequests {
    private final MessageCodec codec;
    private final MessageSender sender;
    private final Supplier<Channel> stdin;
    private final Map<JsonElement, BlockingQueue<String>> open = new ConcurrentHashMap<>();

    InputRequests(MessageCodec codec, MessageSender sender, Supplier<Channel> stdin) {
        this.codec = codec;
        this.sender = sender;
        this.stdin = stdin;
    }

    /** Asks the front end that sent the request, and waits for its answer. */
    String ask(Message request, String prompt, boolean isPassword) throws InterruptedException {
        var content = new JsonObject();
        content.addProperty("prompt", prompt);
        content.addProperty("password", isPassword);
        Message question = codec.message("input_request", request.identities(), request.header(), content);
        JsonElement id = question.header().get("msg_id");
        BlockingQueue<String> answer = new LinkedBlockingQueue<>();
        open.put(id, answer);
        try {
            sender.send(stdin.get(), question);
            return answer.take();
        } finally {
            open.remove(id);
        }
    }

    /** Takes what came in on the stdin channel. */
    void receive(Message message) {
        if (!message.type().equals("input_reply")) {
            return;
        }
        String value = message.text("value").orElse("");
        JsonElement id = message.parent().get("msg_id");
        BlockingQueue<String> asked = id == null ? null : open.get(id);
        if (asked != null) {
            asked.add(value);
        } else {
            // Not every front end says which question it answers.
            open.values().forEach(answer -> answer.add(value));
        }
    }
}

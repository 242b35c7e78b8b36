package dev.cairn.jupyter.kernel;

import com.google.gson.JsonObject;
import dev.cairn.jupyter.channel.Channel;
import dev.cairn.jupyter.channel.MessageSender;
import dev.cairn.jupyter.protocol.Message;
import dev.cairn.jupyter.protocol.MessageCodec;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/** Asks the user for lines over the stdin channel. */
final class InputRequests {
    private final MessageCodec codec;
    private final MessageSender sender;
    private final Supplier<Channel> stdin;
    private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();

    InputRequests(MessageCodec codec, MessageSender sender, Supplier<Channel> stdin) {
        this.codec = codec;
        this.sender = sender;
        this.stdin = stdin;
    }

    /** Asks the front end that sent the request, and waits for its answer. */
    synchronized String ask(Message request, String prompt, boolean isPassword) throws InterruptedException {
        replies.clear();
        var content = new JsonObject();
        content.addProperty("prompt", prompt);
        content.addProperty("password", isPassword);
        Message question = codec.message("input_request", request.identities(), request.header(), content);
        sender.send(stdin.get(), question);
        return replies.take();
    }

    /** Takes what came in on the stdin channel. */
    void receive(Message message) {
        if (message.type().equals("input_reply")) {
            replies.add(message.text("value").orElse(""));
        }
    }
}

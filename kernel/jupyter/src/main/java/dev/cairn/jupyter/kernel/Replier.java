package dev.cairn.jupyter.kernel;

import com.google.gson.JsonObject;
import dev.cairn.jupyter.channel.Channel;
import dev.cairn.jupyter.channel.MessageSender;
import dev.cairn.jupyter.protocol.Message;
import dev.cairn.jupyter.protocol.MessageCodec;
import java.util.List;

/** Replies to requests, between the two statuses that every request is given. */
final class Replier {
    private final MessageCodec codec;
    private final MessageSender sender;
    private final Publisher publisher;

    Replier(MessageCodec codec, MessageSender sender, Publisher publisher) {
        this.codec = codec;
        this.sender = sender;
        this.publisher = publisher;
    }

    /** Says busy, serves the request and says idle, whatever happens. */
    void whileBusy(Message request, Runnable service) {
        publisher.status("busy", request.header());
        try {
            service.run();
        } finally {
            publisher.status("idle", request.header());
        }
    }

    void reply(Channel channel, Message request, JsonObject content) {
        reply(channel, request, content, new JsonObject());
    }

    void reply(Channel channel, Message request, JsonObject content, JsonObject metadata) {
        String type = request.type().replaceFirst("_request$", "_reply");
        Message reply = codec.message(type, request.identities(), request.header(), content);
        sender.send(channel, reply.with(metadata, List.of()));
    }

    /** Replies with an error, if the request is one that is replied to. */
    void replyWithError(Channel channel, Message request, JsonObject error) {
        if (request.type().endsWith("_request")) {
            reply(channel, request, Replies.error(error));
        }
    }
}

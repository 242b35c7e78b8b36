package dev.cairn.jupyter.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cairn.jupyter.protocol.ConnectionFile;
import dev.cairn.jupyter.protocol.MalformedMessageException;
import dev.cairn.jupyter.protocol.Message;
import dev.cairn.jupyter.protocol.MessageCodec;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A front end: real sockets, real messages. */
final class TestClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    // JeroMQ 0.6.0 leaves one in a hundred of its own connections without a handshake; it connects anew after this
    // time.
    private static final int HANDSHAKE_MILLIS = 500;

    final MessageCodec codec;
    final ZMQ.Socket shell;
    final ZMQ.Socket control;
    final ZMQ.Socket stdin;
    final ZMQ.Socket heartbeat;
    final ZMQ.Socket iopub;
    private final ZContext context = new ZContext();
    private final List<Message> repliesBefore = new ArrayList<>();

    TestClient(ConnectionFile connection) {
        codec = new MessageCodec("hmac-sha256", connection.key(), Clock.systemUTC());
        shell = socket(SocketType.DEALER, connection.address(connection.shellPort()));
        control = socket(SocketType.DEALER, connection.address(connection.controlPort()));
        stdin = socket(SocketType.DEALER, connection.address(connection.stdinPort()));
        heartbeat = socket(SocketType.REQ, connection.address(connection.heartbeatPort()));
        iopub = socket(SocketType.SUB, connection.address(connection.iopubPort()));
        iopub.subscribe("");
        awaitPublished(message -> message.type().equals("iopub_welcome"));
    }

    Message request(ZMQ.Socket socket, String type, String json) {
        JsonObject content = JsonParser.parseString(json).getAsJsonObject();
        Message message = codec.message(type, List.of(), new JsonObject(), content);
        send(socket, codec.encode(message));
        return message;
    }

    /** Sends a request to a subshell. */
    Message requestIn(String subshell, String type, String json) {
        JsonObject content = JsonParser.parseString(json).getAsJsonObject();
        Message message = codec.message(type, List.of(), new JsonObject(), content);
        message.header().addProperty("subshell_id", subshell);
        send(shell, codec.encode(message));
        return message;
    }

    /** Waits for the reply to a request; those to others are kept for when they are asked for. */
    Message reply(ZMQ.Socket socket, Message request) {
        for (Message early : repliesBefore) {
            if (isCausedBy(early, request)) {
                return early;
            }
        }
        Message reply = receive(socket);
        while (!isCausedBy(reply, request)) {
            repliesBefore.add(reply);
            reply = receive(socket);
        }
        return reply;
    }

    void send(ZMQ.Socket socket, List<byte[]> frames) {
        for (int i = 0; i < frames.size(); i++) {
            socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
        }
    }

    Message receive(ZMQ.Socket socket) {
        List<byte[]> frames = new ArrayList<>();
        byte[] first = socket.recv();
        assertThat(first).as("a message within a minute").isNotNull();
        frames.add(first);
        while (socket.hasReceiveMore()) {
            frames.add(socket.recv());
        }
        try {
            return codec.decode(frames);
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }

    Message execute(String code) {
        return execute(code, "");
    }

    /** Sends a cell; {@code more} is further content, such as {@code "silent": true}. */
    Message execute(String code, String more) {
        var content = new JsonObject();
        content.addProperty("code", code);
        String json = content.toString();
        return request(
                shell,
                "execute_request",
                json.substring(0, json.length() - 1) + (more.isEmpty() ? "}" : "," + more + "}"));
    }

    /** What is published because of a request, up to its idle status; that is left out, and so is busy. */
    List<Message> published(Message request) {
        List<Message> messages = new ArrayList<>();
        awaitPublished(message -> {
            if (!isCausedBy(message, request)) {
                return false;
            }
            if (message.type().equals("status")) {
                return message.text("execution_state").orElse("").equals("idle");
            }
            messages.add(message);
            return false;
        });
        return messages;
    }

    void awaitPublished(Predicate<Message> condition) {
        boolean isMet = false;
        while (!isMet) {
            isMet = condition.test(receive(iopub));
        }
    }

    static boolean isCausedBy(Message message, Message request) {
        return request.header().get("msg_id").equals(message.parent().get("msg_id"));
    }

    static String text(List<Message> messages) {
        return messages.stream()
                .filter(message -> message.type().equals("stream"))
                .map(message -> message.text("text").orElseThrow())
                .collect(Collectors.joining());
    }

    static List<String> types(List<Message> messages) {
        return messages.stream().map(Message::type).toList();
    }

    @Override
    public void close() {
        context.close();
    }

    private ZMQ.Socket socket(SocketType type, String address) {
        ZMQ.Socket socket = context.createSocket(type);
        if (type == SocketType.DEALER) {
            // One name on all of them, as Jupyter has it: a request for input goes to the stdin socket of who sent the
            // cell.
            socket.setIdentity("client".getBytes(StandardCharsets.US_ASCII));
        }
        socket.setReceiveTimeOut(PATIENCE_MILLIS);
        socket.setRcvHWM(0);
        socket.setHandshakeIvl(HANDSHAKE_MILLIS);
        socket.connect(address);
        return socket;
    }
}

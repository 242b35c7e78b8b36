package dev.cairn.install;

import com.google.gson.JsonObject;
import dev.cairn.jupyter.kernel.JupyterKernel;
import dev.cairn.jupyter.protocol.ConnectionFile;
import dev.cairn.jupyter.protocol.MalformedMessageException;
import dev.cairn.jupyter.protocol.Message;
import dev.cairn.jupyter.protocol.MessageCodec;
import dev.cairn.jupyter.session.SessionSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A kernel in this process and the front end it talks to, over real sockets. */
final class KernelRehearsal {
    private static final int TIMEOUT_MILLIS = 60_000;
    // JeroMQ 0.6.0 leaves one in a hundred of its own connections without a handshake; it connects anew after this
    // time.
    private static final int HANDSHAKE_MILLIS = 500;

    private final MessageCodec codec;
    private final ConnectionFile connection;
    private final SessionSettings settings;

    KernelRehearsal(Path directory, Map<String, String> environment) throws IOException {
        connection = ConnectionFile.onFreePorts("rehearsal");
        codec = new MessageCodec(connection.signatureScheme(), connection.key(), Clock.systemUTC());
        settings = SessionSettings.ofProcess(directory, environment);
    }

    /** Asks the kernel what it is and has it run the cells. Gives up without a word when the kernel is silent. */
    void run(List<String> cells) {
        var log = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try (var kernel = new JupyterKernel(connection, settings, Clock.systemUTC(), log);
                var context = new ZContext();
                ZMQ.Socket output = context.createSocket(SocketType.SUB);
                ZMQ.Socket shell = context.createSocket(SocketType.DEALER)) {
            output.setHandshakeIvl(HANDSHAKE_MILLIS);
            output.connect(connection.address(connection.iopubPort()));
            output.subscribe(new byte[0]);
            shell.setReceiveTimeOut(TIMEOUT_MILLIS);
            shell.setHandshakeIvl(HANDSHAKE_MILLIS);
            shell.connect(connection.address(connection.shellPort()));
            ask(shell, "kernel_info_request", new JsonObject());
            for (String cell : cells) {
                JsonObject content = new JsonObject();
                content.addProperty("code", cell);
                content.addProperty("store_history", true);
                ask(shell, "execute_request", content);
            }
            JsonObject content = new JsonObject();
            content.addProperty("code", "System.out.pri");
            content.addProperty("cursor_pos", 14);
            ask(shell, "complete_request", content);
            kernel.interrupt();
        } catch (MalformedMessageException e) {
            throw new IllegalStateException("The kernel answered what is no message.", e);
        }
    }

    private void ask(ZMQ.Socket shell, String type, JsonObject content) throws MalformedMessageException {
        List<byte[]> frames = codec.encode(codec.message(type, List.of(), new JsonObject(), content));
        for (int i = 0; i < frames.size(); i++) {
            shell.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
        }
        List<byte[]> answer = new ArrayList<>();
        for (byte[] frame = shell.recv(); frame != null; frame = shell.hasReceiveMore() ? shell.recv() : null) {
            answer.add(frame);
        }
        if (!answer.isEmpty()) {
            Message unused = codec.decode(answer);
        }
    }
}

package dev.cairn.jupyter.kernel;

import com.google.gson.JsonObject;
import dev.cairn.jupyter.channel.Channel;
import dev.cairn.jupyter.channel.MessageSender;
import dev.cairn.jupyter.eval.ExceptionReport;
import dev.cairn.jupyter.protocol.ConnectionFile;
import dev.cairn.jupyter.protocol.MalformedMessageException;
import dev.cairn.jupyter.protocol.Message;
import dev.cairn.jupyter.protocol.MessageCodec;
import dev.cairn.jupyter.session.ExecuteReply;
import dev.cairn.jupyter.session.KernelSession;
import dev.cairn.jupyter.session.SessionSettings;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

/**
 * A session on Jupyter's five sockets. Requests on the shell channel are served one after the other by a thread of
 * their own; the control channel, heartbeat and input have threads of their own and answer while a cell runs.
 */
public final class JupyterKernel implements AutoCloseable {
    private final ZContext context = new ZContext();
    private final MessageCodec codec;
    private final MessageSender sender;
    private final PrintStream log;
    private final Publisher publisher;
    private final InputRequests inputs;
    private final Channel shell;
    private final Channel control;
    private final Channel stdin;
    private final Channel iopub;
    private final Channel heartbeat;
    private final KernelSession session;
    private final Thread requests;
    private final BlockingQueue<Message> queue = new LinkedBlockingQueue<>();
    private final CountDownLatch shutdown = new CountDownLatch(1);
    private volatile boolean isEnding;

    /** Binds the sockets and begins to start the session; serves from then on. */
    public JupyterKernel(ConnectionFile connection, SessionSettings settings, Clock clock, PrintStream log) {
        this.log = log;
        codec = new MessageCodec(connection.signatureScheme(), connection.key(), clock);
        sender = new MessageSender(codec);
        iopub = channel("iopub", SocketType.XPUB, connection.address(connection.iopubPort()), this::welcome);
        publisher = new Publisher(codec, iopub, sender);
        shell = channel("shell", SocketType.ROUTER, connection.address(connection.shellPort()), decoding(queue::add));
        control = channel(
                "control",
                SocketType.ROUTER,
                connection.address(connection.controlPort()),
                decoding(this::serveControl));
        inputs = new InputRequests(codec, sender, this::stdin);
        stdin = channel(
                "stdin", SocketType.ROUTER, connection.address(connection.stdinPort()), decoding(inputs::receive));
        heartbeat = Channel.echo("heartbeat", context, connection.address(connection.heartbeatPort()), this::report);
        session = new KernelSession(settings);
        heartbeat.start();
        iopub.start();
        publisher.status("starting", new JsonObject());
        stdin.start();
        control.start();
        requests = new Thread(this::serveRequests, "cairn-requests");
        requests.setDaemon(true);
        requests.start();
        shell.start();
    }

    /** Waits until a front end asks the kernel to end. */
    public void awaitShutdown() throws InterruptedException {
        shutdown.await();
    }

    /** Interrupts the running cell, as from a terminal. */
    public void interrupt() {
        session.interrupt();
    }

    @Override
    public void close() {
        isEnding = true;
        requests.interrupt();
        session.interrupt();
        session.close();
        sender.close();
        for (Channel channel : List.of(shell, control, stdin, iopub, heartbeat)) {
            channel.close();
        }
        context.close();
    }

    private Channel stdin() {
        return stdin;
    }

    private Channel channel(String name, SocketType type, String address, Consumer<List<byte[]>> handler) {
        return new Channel(name, context, type, address, handler, this::report);
    }

    private Consumer<List<byte[]>> decoding(Consumer<Message> handler) {
        return frames -> {
            try {
                handler.accept(codec.decode(frames));
            } catch (MalformedMessageException e) {
                log.println("cairn: ignored a message: " + e.getMessage());
            }
        };
    }

    private void report(Throwable failure) {
        if (!isEnding) {
            failure.printStackTrace(log);
        }
    }

    private void welcome(List<byte[]> subscription) {
        byte[] frame = subscription.get(0);
        if (frame.length > 0 && frame[0] == 1) {
            byte[] topic = Arrays.copyOfRange(frame, 1, frame.length);
            var content = new JsonObject();
            content.addProperty("subscription", new String(topic, StandardCharsets.UTF_8));
            sender.send(iopub, codec.message("iopub_welcome", List.of(topic), new JsonObject(), content));
        }
    }

    private void serveRequests() {
        try {
            while (!isEnding) {
                serveShell(queue.take());
            }
        } catch (InterruptedException e) {
            // The kernel is being closed.
            Thread.currentThread().interrupt();
        }
    }

    private void serveShell(Message message) {
        publisher.status("busy", message.header());
        try {
            if (message.type().equals("execute_request")) {
                execute(message);
            } else {
                answer(message, shell);
            }
        } catch (Throwable e) {
            // The kernel's outermost loop: a request that fails, by an Error even, must not end it.
            report(e);
            replyWithError(message, e);
        } finally {
            publisher.status("idle", message.header());
        }
    }

    private void serveControl(Message message) {
        publisher.status("busy", message.header());
        try {
            switch (message.type()) {
                case "interrupt_request" -> {
                    session.interrupt();
                    reply(control, message, Replies.ok());
                }
                case "shutdown_request" -> shutDown(message, control);
                case "kernel_info_request", "comm_info_request", "history_request" -> answer(message, control);
                default -> log.println("cairn: ignored a control message of unknown type '" + message.type() + "'");
            }
        } finally {
            publisher.status("idle", message.header());
        }
    }

    private void answer(Message message, Channel channel) {
        switch (message.type()) {
            case "kernel_info_request" -> reply(channel, message, KernelInfo.content());
            case "complete_request" -> reply(channel, message, Replies.complete(session, message));
            case "is_complete_request" -> reply(channel, message, Replies.isComplete(session, message));
            case "inspect_request" -> reply(channel, message, Replies.inspect(session, message));
            case "history_request" -> reply(channel, message, Replies.history(session.history(), message));
            case "comm_info_request" -> reply(channel, message, Replies.commInfo());
            case "comm_open" -> refuseComm(message);
            case "comm_msg", "comm_close" -> {
                // Of comms that were refused when they were opened.
            }
            case "interrupt_request" -> reply(channel, message, Replies.ok());
            case "shutdown_request" -> shutDown(message, channel);
            default -> log.println("cairn: ignored a message of unknown type '" + message.type() + "'");
        }
    }

    private void execute(Message message) {
        var request = Replies.executeRequest(message);
        if (!request.isSilent()) {
            var content = new JsonObject();
            content.addProperty("code", request.code());
            content.addProperty("execution_count", session.nextExecutionCount());
            publisher.publish("execute_input", message.header(), content);
        }
        ExecuteReply reply = session.execute(request, new PublishingSink(message, publisher, inputs));
        reply(shell, message, Replies.execute(reply));
        if (!reply.isOk() && message.flag("stop_on_error", true) && !request.isSilent()) {
            abortQueued();
        }
    }

    private void abortQueued() {
        List<Message> aborted = new ArrayList<>();
        queue.removeIf(message -> message.type().equals("execute_request") && aborted.add(message));
        for (Message message : aborted) {
            publisher.status("busy", message.header());
            reply(shell, message, Replies.aborted());
            publisher.status("idle", message.header());
        }
    }

    private void refuseComm(Message message) {
        var content = new JsonObject();
        content.addProperty("comm_id", message.text("comm_id").orElse(""));
        content.add("data", new JsonObject());
        publisher.publish("comm_close", message.header(), content);
    }

    private void shutDown(Message message, Channel channel) {
        JsonObject content = Replies.ok();
        content.addProperty("restart", message.flag("restart", false));
        reply(channel, message, content);
        publisher.publish("shutdown_reply", message.header(), content);
        shutdown.countDown();
    }

    private void reply(Channel channel, Message request, JsonObject content) {
        String type = request.type().replace("_request", "_reply");
        sender.send(channel, codec.message(type, request.identities(), request.header(), content));
    }

    private void replyWithError(Message message, Throwable thrown) {
        if (message.type().endsWith("_request")) {
            reply(shell, message, Replies.error(PublishingSink.errorContent(ExceptionReport.of(thrown))));
        }
    }
}

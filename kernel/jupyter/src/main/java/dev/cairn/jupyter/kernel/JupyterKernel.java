package dev.cairn.jupyter.kernel;

import com.google.gson.JsonObject;
import dev.cairn.jupyter.channel.Channel;
import dev.cairn.jupyter.channel.MessageSender;
import dev.cairn.jupyter.history.HistoryArchive;
import dev.cairn.jupyter.history.HistoryDirectory;
import dev.cairn.jupyter.protocol.ConnectionFile;
import dev.cairn.jupyter.protocol.MalformedMessageException;
import dev.cairn.jupyter.protocol.Message;
import dev.cairn.jupyter.protocol.MessageCodec;
import dev.cairn.jupyter.session.KernelSession;
import dev.cairn.jupyter.session.SessionSettings;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

/**
 * A session on Jupyter's five sockets. Requests on the shell channel are served one after the other by a thread of
 * their own, those to a subshell by that subshell's; the control channel, heartbeat and input have threads of their own and answer while a cell runs.
 */
public final class JupyterKernel implements AutoCloseable {
    private final ZContext context = new ZContext();
    private final MessageCodec codec;
    private final MessageSender sender;
    private final PrintStream log;
    private final Publisher publisher;
    private final Replier replier;
    private final Channel shell;
    private final Channel control;
    private final Channel stdin;
    private final Channel iopub;
    private final Channel heartbeat;
    private final KernelSession session;
    private final ShellRequests requests;
    private final Subshells subshells;
    private final ControlRequests controlRequests;
    private final CountDownLatch shutdown = new CountDownLatch(1);
    private volatile boolean isEnding;

    /** Binds the sockets and begins to start the session; serves from then on. */
    public JupyterKernel(ConnectionFile connection, SessionSettings settings, Clock clock, PrintStream log) {
        this.log = log;
        // First of all: what takes longest is then under way beside the rest.
        session = new KernelSession(settings, archive(settings));
        codec = new MessageCodec(connection.signatureScheme(), connection.key(), clock);
        sender = new MessageSender(codec);
        iopub = channel("iopub", SocketType.XPUB, connection.address(connection.iopubPort()), this::welcome);
        publisher = new Publisher(codec, iopub, sender);
        replier = new Replier(codec, sender, publisher);
        shell = channel("shell", SocketType.ROUTER, connection.address(connection.shellPort()), decoding(this::route));
        control = channel(
                "control",
                SocketType.ROUTER,
                connection.address(connection.controlPort()),
                decoding(this::serveControl));
        var inputs = new InputRequests(codec, sender, this::stdin);
        stdin = channel(
                "stdin", SocketType.ROUTER, connection.address(connection.stdinPort()), decoding(inputs::receive));
        heartbeat = Channel.echo("heartbeat", context, connection.address(connection.heartbeatPort()), this::report);
        requests = new ShellRequests(
                session, replier, publisher, inputs, shell, request -> shutDown(request, shell), clock, log);
        subshells = new Subshells(name -> new RequestQueue(name, requests, shell::afterArrival));
        controlRequests =
                new ControlRequests(session, subshells, replier, control, request -> shutDown(request, control), log);
        heartbeat.start();
        iopub.start();
        publisher.status("starting", new JsonObject());
        stdin.start();
        control.start();
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
        subshells.close();
        session.interrupt();
        session.close();
        sender.close();
        for (Channel channel : List.of(shell, control, stdin, iopub, heartbeat)) {
            channel.close();
        }
        context.close();
    }

    private HistoryArchive archive(SessionSettings settings) {
        return HistoryDirectory.ofEnvironment(settings.environment(), warning -> log.println("cairn: " + warning));
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

    private void serveControl(Message request) {
        controlRequests.serve(request);
    }

    private void route(Message request) {
        subshells.queueOf(request).ifPresentOrElse(queue -> queue.add(request), () -> requests.refuse(request));
    }

    private void shutDown(Message request, Channel channel) {
        JsonObject content = Replies.ok();
        content.addProperty("restart", request.flag("restart", false));
        replier.reply(channel, request, content);
        publisher.publish("shutdown_reply", request.header(), content);
        shutdown.countDown();
    }
}

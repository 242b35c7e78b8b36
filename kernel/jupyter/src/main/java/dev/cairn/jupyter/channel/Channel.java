package dev.cairn.jupyter.channel;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.ZError;

/**
 * One bound socket with the thread that owns it. It waits for messages either way without polling by time: what is to be sent
 * goes into a queue and wakes it. Nothing that a message or its handler does can end the thread.
 */
public final class Channel implements AutoCloseable {
    private static final int CLOSE_SECONDS = 2;

    private final String name;
    private final ZMQ.Socket socket;
    private final ZMQ.Socket wakeReceiver;
    private final ZMQ.Socket wakeSender;
    private final ZMQ.Poller poller;
    private final Consumer<List<byte[]>> handler;
    private final Consumer<Throwable> failures;
    private final Queue<Outgoing> outbox = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> afterArrival = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isWoken = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean isClosing;

    private record Outgoing(List<byte[]> frames, Runnable afterwards) {}

    /**
     * Binds a socket; {@link #start} lets messages in.
     *
     * @param handler takes what comes in, as frames, on the channel's thread
     * @param failures takes what the handler threw
     */
    public Channel(
            String name,
            ZContext context,
            SocketType type,
            String address,
            Consumer<List<byte[]>> handler,
            Consumer<Throwable> failures) {
        this.name = name;
        this.handler = handler;
        this.failures = failures;
        socket = context.createSocket(type);
        socket.setLinger(1000);
        if (type == SocketType.XPUB) {
            // Never drop: when a subscriber does not keep up, sending waits. Tell of every subscription, for the
            // welcome.
            socket.setXpubNoDrop(true);
            socket.setXpubVerbose(true);
        } else {
            socket.setSndHWM(0);
            socket.setRcvHWM(0);
        }
        socket.bind(address);
        String wakeAddress = "inproc://wake-" + name;
        wakeReceiver = context.createSocket(SocketType.PAIR);
        wakeReceiver.bind(wakeAddress);
        wakeSender = context.createSocket(SocketType.PAIR);
        wakeSender.connect(wakeAddress);
        poller = context.createPoller(2);
        poller.register(socket, ZMQ.Poller.POLLIN);
        poller.register(wakeReceiver, ZMQ.Poller.POLLIN);
    }

    /** Binds a socket that gives back whatever comes in: the heartbeat. */
    public static Channel echo(String name, ZContext context, String address, Consumer<Throwable> failures) {
        var self = new AtomicReference<@Nullable Channel>();
        Consumer<List<byte[]>> echo = frames -> requireNonNull(self.get()).write(frames);
        var channel = new Channel(name, context, SocketType.ROUTER, address, echo, failures);
        self.set(channel);
        return channel;
    }

    /** Starts the channel's thread. */
    public void start() {
        var thread = new Thread(this::run, "cairn-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends frames, in the order of the calls; returns at once. The action runs when they are with the network. */
    void send(List<byte[]> frames, Runnable afterwards) {
        outbox.add(new Outgoing(frames, afterwards));
        wake();
    }

    /** Runs the action on the channel's thread, once everything that has arrived by now went through the handler. */
    public void afterArrival(Runnable action) {
        afterArrival.add(action);
        wake();
    }

    /** Sends what is queued, then ends the thread; waits for it a short while. */
    @Override
    public void close() {
        isClosing = true;
        wake();
        try {
            if (!ended.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                failures.accept(new IllegalStateException("The " + name + " channel did not get rid of its messages"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake() {
        if (ended.getCount() > 0 && isWoken.compareAndSet(false, true)) {
            synchronized (wakeSender) {
                wakeSender.send(new byte[0], ZMQ.DONTWAIT);
            }
        }
    }

    private void run() {
        try {
            while (!isClosing || !outbox.isEmpty()) {
                try {
                    pass();
                } catch (ZMQException e) {
                    if (e.getErrorCode() == ZError.ETERM) {
                        return;
                    }
                    failures.accept(e);
                }
            }
        } finally {
            socket.close();
            ended.countDown();
        }
    }

    private void pass() {
        if (outbox.isEmpty()) {
            poller.poll(-1);
        }
        while (wakeReceiver.recv(ZMQ.DONTWAIT) != null) {
            // One signal or several: they all say that there is something to send.
        }
        isWoken.set(false);
        for (Outgoing next = outbox.poll(); next != null; next = outbox.poll()) {
            write(next.frames());
            next.afterwards().run();
        }
        List<Runnable> due = new ArrayList<>();
        for (Runnable action = afterArrival.poll(); action != null; action = afterArrival.poll()) {
            due.add(action);
        }
        for (List<byte[]> frames = read(); !frames.isEmpty(); frames = read()) {
            handle(frames);
        }
        due.forEach(Runnable::run);
    }

    private void handle(List<byte[]> frames) {
        try {
            handler.accept(frames);
        } catch (Throwable e) {
            // The channel's outermost loop: an Error in a handler must not leave the kernel deaf.
            failures.accept(e);
        }
    }

    private List<byte[]> read() {
        List<byte[]> frames = new ArrayList<>();
        byte[] frame = socket.recv(ZMQ.DONTWAIT);
        if (frame == null) {
            return frames;
        }
        frames.add(frame);
        while (socket.hasReceiveMore()) {
            frames.add(socket.recv(0));
        }
        return frames;
    }

    private void write(List<byte[]> frames) {
        for (int i = 0; i < frames.size(); i++) {
            socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
        }
    }
}

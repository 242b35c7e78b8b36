package dev.cairn.jupyter.channel;

import dev.cairn.jupyter.protocol.Message;
import dev.cairn.jupyter.protocol.MessageCodec;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Signs messages and hands them to their channels, in the order they were given, on a thread of its own. Whoever gives one
 * touches neither locks of ZeroMQ nor the signature: it may be the user's thread, which an interrupt or a stop can hit at any
 * instruction, and an interrupt closes the pipes that ZeroMQ sockets wake each other with.
 */
public final class MessageSender implements AutoCloseable {
    private static final long BULK_LIMIT = 8L << 20;
    private static final long CLOSE_MILLIS = 2_000;

    private final MessageCodec codec;
    private final Queue<Outgoing> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong bulkOnItsWay = new AtomicLong();
    private final Thread thread = new Thread(this::run, "cairn-send");
    private volatile boolean isClosed;

    /** A message and where it goes; {@code bulk} is what it adds to the amount that is bounded. */
    private record Outgoing(Channel channel, Message message, int bulk) {}

    /** Starts the thread. */
    public MessageSender(MessageCodec codec) {
        this.codec = codec;
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends a message; returns at once. */
    public void send(Channel channel, Message message) {
        queue.add(new Outgoing(channel, message, 0));
        LockSupport.unpark(thread);
    }

    /**
     * Sends one of possibly very many messages. Waits while too much is on its way, so that a cell that prints without end
     * stays within bounds; an interrupt ends the wait and stays set.
     *
     * @param size about how large the message is
     */
    public void sendBulk(Channel channel, Message message, int size) {
        while (bulkOnItsWay.get() > BULK_LIMIT
                && !isClosed
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, 1_000_000);
        }
        bulkOnItsWay.addAndGet(size);
        queue.add(new Outgoing(channel, message, size));
        LockSupport.unpark(thread);
    }

    /** Ends the thread once everything is with its channel. */
    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isClosed || !queue.isEmpty()) {
            Outgoing next = queue.poll();
            if (next == null) {
                LockSupport.park(this);
            } else {
                next.channel().send(codec.encode(next.message()), () -> bulkOnItsWay.addAndGet(-next.bulk()));
            }
        }
    }
}

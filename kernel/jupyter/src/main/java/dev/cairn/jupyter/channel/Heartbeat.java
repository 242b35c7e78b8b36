package dev.cairn.jupyter.channel;

import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/** Echoes what it gets, whatever else the kernel does. */
public final class Heartbeat {
    private final ZMQ.Socket socket;

    /** Binds the socket. */
    public Heartbeat(ZContext context, String address) {
        socket = context.createSocket(SocketType.REP);
        socket.setLinger(0);
        socket.bind(address);
    }

    /** Starts the thread; it ends with the context. */
    public void start() {
        var thread = new Thread(this::run, "cairn-heartbeat");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                byte[] frame = socket.recv(0);
                boolean hasMore = socket.hasReceiveMore();
                if (frame != null) {
                    socket.send(frame, hasMore ? ZMQ.SNDMORE : 0);
                }
            }
        } catch (ZMQException e) {
            // The context was closed under the socket, which is how this thread is ended.
            socket.close();
        }
    }
}

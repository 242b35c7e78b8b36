package dev.cairn.jupyter.session;

import dev.cairn.jupyter.extension.Comm;
import dev.cairn.jupyter.extension.CommMessage;
import dev.cairn.jupyter.extension.CommTarget;
import dev.cairn.jupyter.extension.Comms;
import dev.cairn.jupyter.output.CellScope;
import dev.cairn.jupyter.output.CommEvent;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The comms of one session, with what serves their targets. */
final class SessionComms implements Comms {
    private final Map<String, CommTarget> targets = new ConcurrentHashMap<>();
    private final Map<String, OpenComm> open = new ConcurrentHashMap<>();

    @Override
    public void register(String target, CommTarget server) {
        targets.put(target, server);
    }

    @Override
    public void unregister(String target) {
        targets.remove(target);
    }

    @Override
    public Comm open(String target, CommMessage message) {
        var comm = new OpenComm(UUID.randomUUID().toString(), target);
        open.put(comm.id(), comm);
        publish(new CommEvent(CommEvent.Kind.OPEN, comm.id(), target, message));
        return comm;
    }

    /** The targets of the open comms, by id. */
    Map<String, String> targetsById() {
        Map<String, String> found = new TreeMap<>();
        open.forEach((id, comm) -> found.put(id, comm.target()));
        return found;
    }

    /** Serves what comes from the front end. */
    void receive(CommEvent event) {
        switch (event.kind()) {
            case OPEN -> accept(event);
            case MESSAGE -> {
                OpenComm comm = open.get(event.id());
                // Messages to a comm that was closed here meanwhile are late, not wrong.
                if (comm != null) {
                    comm.messages.accept(event.message());
                }
            }
            case CLOSE -> {
                OpenComm comm = open.remove(event.id());
                if (comm != null) {
                    comm.closes.accept(event.message());
                }
            }
        }
    }

    private void accept(CommEvent event) {
        CommTarget target = targets.get(event.target());
        if (target == null) {
            publish(new CommEvent(CommEvent.Kind.CLOSE, event.id(), "", CommMessage.empty()));
            return;
        }
        var comm = new OpenComm(event.id(), event.target());
        open.put(comm.id(), comm);
        boolean isServed = false;
        try {
            target.opened(comm, event.message());
            isServed = true;
        } finally {
            if (!isServed) {
                comm.close(CommMessage.empty());
            }
        }
    }

    private static void publish(CommEvent event) {
        CellScope scope = CellScope.current()
                .orElseThrow(() -> new IllegalStateException("A comm can be used once the first cell runs"));
        scope.output().comm(event);
    }

    private final class OpenComm implements Comm {
        private final String id;
        private final String target;
        private volatile Consumer<CommMessage> messages = message -> {};
        private volatile Consumer<CommMessage> closes = message -> {};

        OpenComm(String id, String target) {
            this.id = id;
            this.target = target;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public String target() {
            return target;
        }

        @Override
        public void send(CommMessage message) {
            if (open.containsKey(id)) {
                publish(new CommEvent(CommEvent.Kind.MESSAGE, id, "", message));
            }
        }

        @Override
        public void onMessage(Consumer<CommMessage> handler) {
            messages = handler;
        }

        @Override
        public void onClose(Consumer<CommMessage> handler) {
            closes = handler;
        }

        @Override
        public void close(CommMessage message) {
            if (open.remove(id) != null) {
                publish(new CommEvent(CommEvent.Kind.CLOSE, id, "", message));
            }
        }
    }
}

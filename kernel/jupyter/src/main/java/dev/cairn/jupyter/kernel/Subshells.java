package dev.cairn.jupyter.kernel;

import dev.cairn.jupyter.protocol.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/** The main shell and its subshells, each serving requests beside the others. Safe for use from several threads. */
final class Subshells implements AutoCloseable {
    private final Function<String, RequestQueue> newQueue;
    private final RequestQueue main;
    private final Map<String, RequestQueue> subshells = new ConcurrentSkipListMap<>();

    /** Makes the main shell; {@code newQueue} makes the queue of a shell from the name of its thread. */
    Subshells(Function<String, RequestQueue> newQueue) {
        this.newQueue = newQueue;
        main = newQueue.apply("cairn-requests");
    }

    /** The queue a request belongs into; absent when its subshell is not there. */
    Optional<RequestQueue> queueOf(Message request) {
        return request.subshell()
                .map(id -> Optional.ofNullable(subshells.get(id)))
                .orElse(Optional.of(main));
    }

    /** Makes a subshell; gives its id. */
    String create() {
        String id = UUID.randomUUID().toString();
        subshells.put(id, newQueue.apply("cairn-subshell"));
        return id;
    }

    /** Ends a subshell after the request it serves; false when it is not there. */
    boolean delete(String id) {
        RequestQueue queue = subshells.remove(id);
        if (queue == null) {
            return false;
        }
        queue.close();
        return true;
    }

    List<String> ids() {
        return List.copyOf(subshells.keySet());
    }

    @Override
    public void close() {
        main.close();
        ids().forEach(this::delete);
    }
}

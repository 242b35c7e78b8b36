package dev.cairn.engine.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a stage was when it last ran: its entry in dvc.lock, or the body of a .dvc file.
 *
 * @param command null for a .dvc file
 * @param params by file as written, then by dotted key; values as read from the lock
 */
public record LockEntry(
        @Nullable Command command,
        List<PathState> dependencies,
        Map<String, Map<String, @Nullable Object>> params,
        List<PathState> outputs) {
    public LockEntry {
        dependencies = List.copyOf(dependencies);
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
        outputs = List.copyOf(outputs);
    }

    public Optional<PathState> dependency(String declared) {
        return find(dependencies, declared);
    }

    public Optional<PathState> output(String declared) {
        return find(outputs, declared);
    }

    private static Optional<PathState> find(List<PathState> states, String declared) {
        return states.stream().filter(s -> s.path().equals(declared)).findFirst();
    }
}

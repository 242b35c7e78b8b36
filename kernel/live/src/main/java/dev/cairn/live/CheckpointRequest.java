package dev.cairn.live;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link Checkpoint.Recorder} is asked to record: the workspace as it is now.
 *
 * @param trackedFiles files of the tracked objects, just saved, in the order in which they were tracked; the next checkpoint replaces
 *     them as a whole
 * @param logs directories of metrics and the like, small enough for Git
 * @param metrics by name, in order
 */
public record CheckpointRequest(List<Path> trackedFiles, List<Path> logs, Map<String, Number> metrics) {
    public CheckpointRequest {
        trackedFiles = List.copyOf(trackedFiles);
        logs = List.copyOf(logs);
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
}

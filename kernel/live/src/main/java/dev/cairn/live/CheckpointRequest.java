package dev.cairn.live;

import java.nio.file.Path;
import java.util.List;

/**
 * What a {@link Checkpoint.Recorder} is asked to record: the workspace as it is now.
 *
 * @param trackedFiles files of the tracked objects, just saved, in the order in which they were tracked
 */
public record CheckpointRequest(List<Path> trackedFiles) {
    public CheckpointRequest {
        trackedFiles = List.copyOf(trackedFiles);
    }
}

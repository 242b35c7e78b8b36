package dev.cairn.engine.pipeline;

import java.util.List;

/**
 * Which stages and data a command is for.
 *
 * @param targets as typed; everything when empty
 * @param withDependencies also the stages that those named need
 * @param recursive whether a directory means the stages and .dvc files in it
 */
public record TargetSelection(List<String> targets, boolean withDependencies, boolean recursive) {
    /** Everything. */
    public static final TargetSelection ALL = new TargetSelection(List.of(), false, false);

    public TargetSelection {
        targets = List.copyOf(targets);
    }

    /** Just these. */
    public static TargetSelection of(List<String> targets) {
        return new TargetSelection(targets, false, false);
    }
}

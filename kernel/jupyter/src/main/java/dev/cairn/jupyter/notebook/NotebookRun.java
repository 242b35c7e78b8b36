package dev.cairn.jupyter.notebook;

import dev.cairn.jupyter.output.CellError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A notebook that was run.
 *
 * @param notebook the notebook with its outputs
 * @param failedCell the index of the cell that ended the run; -1 when all went well
 * @param error why it failed
 */
public record NotebookRun(Notebook notebook, int failedCell, @Nullable CellError error) {
    /** Why the run ended early, if it did. */
    public Optional<CellError> failure() {
        return Optional.ofNullable(error);
    }
}

package dev.cairn.engine.data;

import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.pipeline.TargetResolver;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.store.cas.Change;
import dev.cairn.store.cas.MissingObjectsException;
import dev.cairn.store.cas.UnsavedContentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes cached outputs in the workspace what the lock files and .dvc files say. */
public final class DataCheckout {
    private final Project project;

    public DataCheckout(Project project) {
        this.project = project;
    }

    /**
     * Checks outputs out.
     *
     * @param force replace content that is in no cache
     * @throws ConflictException when there is such content and {@code force} is not given
     */
    public CheckoutReport checkout(List<String> targets, boolean force) {
        try (ProjectLock lock = new ProjectLock(project)) {
            Pipeline pipeline = PipelineReader.read(project.workspace());
            Set<StageAddress> chosen = new TargetResolver(pipeline, project.relativize(".")).resolveAll(targets);
            List<String> added = new ArrayList<>();
            List<String> modified = new ArrayList<>();
            List<String> missing = new ArrayList<>();
            for (StageAddress address : chosen) {
                Stage stage = pipeline.stage(address);
                Optional<LockEntry> entry = pipeline.lock(address);
                for (Output output : stage.outputs()) {
                    PathState state = entry.flatMap(e -> e.output(output.declared()))
                            .filter(s -> s.hash() != null && output.cached())
                            .orElse(null);
                    if (state != null) {
                        restore(output, state, force, added, modified, missing);
                    }
                }
            }
            return new CheckoutReport(added, modified, List.of(), missing);
        }
    }

    private void restore(
            Output output,
            PathState state,
            boolean force,
            List<String> added,
            List<String> modified,
            List<String> missing) {
        if (state.hash() == null) {
            return;
        }
        String shown = output.path() + (state.hash().isDirectory() ? "/" : "");
        try {
            Change change = project.checkout(state.hashName())
                    .restore(project.resolve(output.path()), state.hash(), state.executable(), force);
            if (change == Change.ADDED) {
                added.add(shown);
            } else if (change == Change.MODIFIED) {
                modified.add(shown);
            }
        } catch (MissingObjectsException e) {
            missing.add(shown);
        } catch (UnsavedContentException e) {
            throw new ConflictException(
                    String.valueOf(e.getMessage()), "`commit` keeps the present content; `-f` drops it.", e);
        }
    }
}

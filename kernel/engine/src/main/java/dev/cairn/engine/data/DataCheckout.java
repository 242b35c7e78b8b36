package dev.cairn.engine.data;

import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.TargetResolver;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.store.cas.Change;
import dev.cairn.store.cas.MissingObjectsException;
import dev.cairn.store.cas.UnsavedContentException;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.snapshot.DirectoryManifest;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Makes cached outputs in the workspace what the lock files and .dvc files say. */
public final class DataCheckout {
    private final Project project;

    public DataCheckout(Project project) {
        this.project = project;
    }

    /**
     * Checks outputs out.
     *
     * @param targets stages, .dvc files, outputs and paths inside of outputs, of which nothing else is touched then
     * @param force replace content that is in no cache
     * @throws ConflictException when there is such content and {@code force} is not given
     */
    public CheckoutReport checkout(List<String> targets, boolean force) {
        try (ProjectLock lock = new ProjectLock(project)) {
            Pipeline pipeline = PipelineReader.read(project.workspace());
            var resolver = new TargetResolver(pipeline, project.relativize("."));
            Restoring restoring = new Restoring(pipeline, force);
            if (targets.isEmpty()) {
                pipeline.stages().values().forEach(stage -> restoring.restore(stage, Optional.empty()));
            }
            for (String name : targets) {
                TargetResolver.Target target = resolver.resolve(name);
                target.stages().forEach(stage -> restoring.restore(pipeline.stage(stage), target.path()));
            }
            return restoring.report();
        }
    }

    /** One command's work. */
    private final class Restoring {
        private final Pipeline pipeline;
        private final boolean force;
        private final Set<String> added = new LinkedHashSet<>();
        private final Set<String> modified = new LinkedHashSet<>();
        private final Set<String> missing = new LinkedHashSet<>();

        Restoring(Pipeline pipeline, boolean force) {
            this.pipeline = pipeline;
            this.force = force;
        }

        CheckoutReport report() {
            modified.removeAll(added);
            return new CheckoutReport(List.copyOf(added), List.copyOf(modified), List.of(), List.copyOf(missing));
        }

        /** Restores the stage's outputs, or what of them is at the path. */
        void restore(Stage stage, Optional<String> path) {
            Optional<LockEntry> entry = pipeline.lock(stage.address());
            for (Output output : stage.outputs()) {
                PathState state = entry.flatMap(e -> e.output(output.declared()))
                        .filter(s -> s.hash() != null && output.cached())
                        .orElse(null);
                if (state == null || state.hash() == null) {
                    continue;
                }
                String wanted = path.orElse(output.path());
                if (ProjectPath.isIn(output.path(), wanted)) {
                    restore(output, state, state.hash());
                } else if (ProjectPath.isIn(wanted, output.path())
                        && state.hash().isDirectory()) {
                    restorePart(output, state, state.hash(), wanted);
                }
            }
        }

        private void restore(Output output, PathState state, ContentHash hash) {
            restore(output, hash, () -> project.checkout(state.hashName())
                    .restore(project.resolve(output.path()), hash, state.executable(), force));
        }

        private void restorePart(Output output, PathState state, ContentHash hash, String wanted) {
            Optional<DirectoryManifest> manifest =
                    project.cache(state.hashName()).manifest(hash);
            if (manifest.isEmpty()) {
                missing.add(wanted);
                return;
            }
            boolean isNew = !Files.exists(project.resolve(output.path()));
            for (DirectoryManifest.Entry entry : manifest.get().entries()) {
                String path = output.path() + "/" + entry.path();
                if (ProjectPath.isIn(path, wanted)) {
                    restore(output, hash, () -> {
                        Change change = project.checkout(state.hashName())
                                .restore(project.resolve(path), entry.hash(), false, force);
                        return change == Change.ADDED && !isNew ? Change.MODIFIED : change;
                    });
                }
            }
        }

        private void restore(Output output, ContentHash hash, Supplier<Change> restoring) {
            String shown = output.path() + (hash.isDirectory() ? "/" : "");
            try {
                Change change = restoring.get();
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
}

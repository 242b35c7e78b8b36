package dev.cairn.engine.data;

import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.pipeline.TargetResolver;
import dev.cairn.engine.pipeline.TargetSelection;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.store.cas.Change;
import dev.cairn.store.cas.Checkout;
import dev.cairn.store.cas.UnsavedContentException;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.snapshot.DirectoryManifest;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Makes cached outputs in the workspace what the lock files and .dvc files say. */
public final class DataCheckout {
    private final Project project;

    public DataCheckout(Project project) {
        this.project = project;
    }

    /**
     * How to check out.
     *
     * @param force replace content that is in no cache
     * @param relink link unchanged files anew, as the settings say now
     * @param allowMissing pass over outputs that are in no cache
     */
    public record Options(boolean force, boolean relink, boolean allowMissing) {
        /** Nothing special. */
        public static final Options PLAIN = new Options(false, false, false);
    }

    /**
     * Checks outputs out. When the selection is everything, outputs of other revisions that nothing tracks now are removed.
     *
     * @throws ConflictException when there is content that is in no cache and {@code force} is not given
     */
    public CheckoutReport checkout(TargetSelection selection, Options options) {
        try (ProjectLock lock = new ProjectLock(project)) {
            Pipeline pipeline = PipelineReader.read(project.workspace());
            Restoring restoring = new Restoring(pipeline, options);
            List<TargetResolver.Target> targets = resolve(pipeline, selection);
            if (selection.targets().isEmpty()) {
                restoring.removeLeftovers();
            }
            for (TargetResolver.Target target : targets) {
                for (StageAddress stage : target.stages()) {
                    restoring.restore(pipeline.stage(stage), target.path());
                }
            }
            return restoring.report();
        }
    }

    private List<TargetResolver.Target> resolve(Pipeline pipeline, TargetSelection selection) {
        TargetResolver resolver = new TargetResolver(pipeline, project);
        List<TargetResolver.Target> targets = new ArrayList<>();
        if (selection.targets().isEmpty()) {
            return resolver.select(selection);
        }
        for (String name : selection.targets()) {
            try {
                targets.addAll(resolver.select(
                        new TargetSelection(List.of(name), selection.withDependencies(), selection.recursive())));
            } catch (UnknownNameException e) {
                throw new EngineException(
                        "Did you mean `git checkout %s`?: %s".formatted(name, e.getMessage()), e.hint());
            }
        }
        return targets;
    }

    /** One command's work. */
    private final class Restoring {
        private final Pipeline pipeline;
        private final Options options;
        private final Set<String> added = new LinkedHashSet<>();
        private final Set<String> modified = new LinkedHashSet<>();
        private final Set<String> missing = new LinkedHashSet<>();
        private final Set<String> unknown = new LinkedHashSet<>();
        private final List<String> deleted = new ArrayList<>();
        private final String directory = project.relativize(".");

        Restoring(Pipeline pipeline, Options options) {
            this.pipeline = pipeline;
            this.options = options;
        }

        CheckoutReport report() {
            modified.removeAll(added);
            return new CheckoutReport(
                    List.copyOf(added), List.copyOf(modified), deleted, List.copyOf(missing), List.copyOf(unknown));
        }

        void removeLeftovers() {
            deleted.addAll(new Leftovers(project, pipeline).remove());
        }

        /** Restores the stage's outputs, or what of them is at the path. */
        void restore(Stage stage, Optional<String> path) {
            Optional<LockEntry> entry = pipeline.lock(stage.address());
            boolean mayMiss = options.allowMissing() || stage.isCheckpoint();
            for (Output output : stage.outputs()) {
                if (!output.cached()) {
                    continue;
                }
                PathState state =
                        entry.flatMap(e -> e.output(output.declared())).orElse(PathState.unknown(output.declared()));
                String wanted = path.orElse(output.path());
                if (ProjectPath.isIn(output.path(), wanted)) {
                    take(output, mayMiss, () -> whole(output, state));
                } else if (ProjectPath.isIn(wanted, output.path())) {
                    part(output, state, wanted).ifPresent(action -> take(output, mayMiss, action));
                }
            }
        }

        private Checkout.Partial whole(Output output, PathState state) {
            Path path = project.resolve(output.path());
            Checkout checkout = project.checkout(state.hashName());
            ContentHash hash = state.hash();
            if (hash == null) {
                unknown.add(path.toString());
                return checkout.removeUnknown(path, options.force());
            }
            if (hash.isDirectory() && !project.cache(state.hashName()).contains(hash)) {
                unknown.add(path.toString());
            }
            Checkout.Partial done = checkout.restoreAvailable(path, hash, state.executable(), options.force());
            if (done.missing().isEmpty()) {
                project.trackedPlaces().note(output.path(), hash);
                relink(checkout, path, state);
            }
            return done;
        }

        private void relink(Checkout checkout, Path path, PathState state) {
            if (options.relink()) {
                checkout.relink(path, project.snapshotter().snapshot(path, state.hashName()));
            }
        }

        /** How to restore a path in an output; empty when the output's manifest, as far as it is known, has none such. */
        private Optional<Action> part(Output output, PathState state, String wanted) {
            ContentHash hash = state.hash();
            if (hash == null || !hash.isDirectory()) {
                return Optional.empty();
            }
            Optional<DirectoryManifest> manifest =
                    project.cache(state.hashName()).manifest(hash);
            String inside = wanted.substring(output.path().length() + 1);
            List<DirectoryManifest.Entry> entries = manifest.stream()
                    .flatMap(m -> m.entries().stream())
                    .filter(entry -> ProjectPath.isIn(entry.path(), inside))
                    .toList();
            if (entries.isEmpty()) {
                return Optional.empty();
            }
            Checkout checkout = project.checkout(state.hashName());
            Path path = project.resolve(wanted);
            if (entries.get(0).path().equals(inside)) {
                return Optional.of(
                        () -> checkout.restoreAvailable(path, entries.get(0).hash(), false, options.force()));
            }
            DirectoryManifest below = new DirectoryManifest(entries.stream()
                    .map(entry ->
                            new DirectoryManifest.Entry(entry.path().substring(inside.length() + 1), entry.hash()))
                    .toList());
            return Optional.of(() -> checkout.restoreAvailable(path, below, options.force()));
        }

        private void take(Output output, boolean mayMiss, Action action) {
            boolean isNew = !Files.exists(project.resolve(output.path()), LinkOption.NOFOLLOW_LINKS);
            try {
                Checkout.Partial done = action.run();
                if (!done.missing().isEmpty()) {
                    if (!mayMiss) {
                        done.missing().forEach(path -> missing.add(path.toString()));
                    }
                    return;
                }
                if (isNew) {
                    added.add(shown(output.path()));
                } else if (done.change() != Change.UNCHANGED && !options.relink()) {
                    modified.add(shown(output.path()));
                }
            } catch (UnsavedContentException e) {
                throw new ConflictException(
                        Objects.requireNonNull(e.getMessage()),
                        "`commit` keeps the present content; `-f` drops it.",
                        e);
            }
        }

        private String shown(String path) {
            String relative = ProjectPath.relativize(directory, path);
            return Files.isDirectory(project.resolve(path)) ? relative + "/" : relative;
        }
    }

    private interface Action {
        Checkout.Partial run();
    }
}

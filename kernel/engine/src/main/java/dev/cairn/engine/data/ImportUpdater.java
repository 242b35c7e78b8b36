package dev.cairn.engine.data;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.pipeline.ImportSource;
import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.pipeline.TargetResolver;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.engine.reproduce.PathStates;
import dev.cairn.engine.reproduce.RunListener;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.snapshot.FileSnapshot;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Brings imported data up to date with where it came from. */
public final class ImportUpdater {
    private final Project project;
    private final RunListener listener;
    private final Importer importer;

    public ImportUpdater(Project project, RunListener listener) {
        this.project = project;
        this.listener = listener;
        this.importer = new Importer(project, listener);
    }

    /**
     * How to update.
     *
     * @param revision to go over to; null for the one that is written down
     * @param recursive whether targets may be directories
     * @param download false to write the version down only
     * @param remote where to send the data instead; null to bring it here
     */
    public record Request(
            List<String> targets,
            @Nullable String revision,
            boolean recursive,
            boolean download,
            @Nullable DataTransfer remote) {}

    /** Updates the imports that the targets name. */
    public void update(Request request) throws InterruptedException {
        try (ProjectLock lock = new ProjectLock(project)) {
            Pipeline pipeline = PipelineReader.read(project.workspace());
            TargetResolver resolver = new TargetResolver(pipeline, project);
            Set<StageAddress> chosen = new LinkedHashSet<>();
            for (String target : request.targets()) {
                chosen.addAll(
                        request.recursive() && resolver.isDirectory(target)
                                ? resolver.inDirectory(target)
                                : resolver.resolve(target).stages());
            }
            if (request.recursive()) {
                chosen.removeIf(address -> pipeline.stage(address).source() == null);
            }
            for (StageAddress address : chosen) {
                Stage stage = pipeline.stage(address);
                requireImport(stage);
                update(stage, pipeline.lock(address).orElseThrow(), request);
            }
        }
    }

    private static void requireImport(Stage stage) {
        if (stage.source() == null) {
            throw new EngineException(
                    "update is not supported for '%s' that is not an import.".formatted(stage.address()),
                    "Only data that `import` or `import-url` brought can be updated.");
        }
    }

    private void update(Stage stage, LockEntry known, Request request) throws InterruptedException {
        ImportSource source = Objects.requireNonNull(stage.source());
        if (source instanceof ImportSource.Repository repository && request.revision() != null) {
            source = new ImportSource.Repository(
                    repository.path(), repository.url(), request.revision(), repository.lockedRevision());
        }
        ImportSource now = importer.current(stage, source, true);
        boolean isChanged = !now.equals(stage.source()) || outputChanged(stage, known);
        if (request.remote() != null) {
            PathState sent = new RemoteImport(project).send(stage, request.remote());
            importer.rewrite(stage, new Importer.Result(now, sent), true);
        } else if (!isChanged) {
            listener.stageSkipped(stage.address());
        } else if (request.download()) {
            importer.rewrite(stage, importer.download(at(stage, now), true, new TreeSet<>()), true);
        } else {
            listener.message("Importing '%s' -> '%s'"
                    .formatted(now.describe(), stage.outputs().get(0).declared()));
            AtomicFiles.deleteRecursively(project.resolve(stage.outputs().get(0).path()));
            importer.rewrite(
                    stage,
                    new Importer.Result(
                            now, PathState.unknown(stage.outputs().get(0).declared())),
                    true);
        }
    }

    /** Imports again a stage that a run found changed. */
    void again(Stage stage) throws InterruptedException {
        importer.rewrite(stage, importer.download(stage, true, new TreeSet<>()), true);
    }

    private boolean outputChanged(Stage stage, LockEntry known) {
        PathState state = known.outputs().get(0);
        Path path = project.resolve(stage.outputs().get(0).path());
        FileSnapshot now = project.snapshotter().snapshot(path, state.hashName());
        return !PathStates.matches(state, now);
    }

    private static Stage at(Stage stage, ImportSource source) {
        return new Stage(
                stage.address(),
                stage.command(),
                stage.workingDirectory(),
                List.of(),
                stage.outputs(),
                stage.frozen(),
                stage.alwaysChanged(),
                stage.description(),
                source);
    }
}

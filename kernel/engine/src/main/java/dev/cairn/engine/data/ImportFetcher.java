package dev.cairn.engine.data;

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
import dev.cairn.engine.reproduce.CacheContent;
import dev.cairn.engine.reproduce.RunListener;
import dev.cairn.engine.source.SourceLocation;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.snapshot.HashMemo;
import dev.cairn.store.snapshot.IgnoreRules;
import dev.cairn.store.snapshot.Snapshotter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Brings imported data that the cache has not from where it came from: it is not on the project's remote. */
public final class ImportFetcher {
    private final Project project;
    private final RunListener listener;

    public ImportFetcher(Project project, RunListener listener) {
        this.project = project;
        this.listener = listener;
    }

    /** Fetches what is imported by the targets, all imports when there are none; tells how many files. */
    public int fetch(List<String> targets) throws InterruptedException {
        try (ProjectLock lock = new ProjectLock(project)) {
            Pipeline pipeline = PipelineReader.read(project.workspace());
            int fetched = 0;
            for (StageAddress address : new TargetResolver(pipeline, project).resolveAll(targets)) {
                Stage stage = pipeline.stage(address);
                Optional<LockEntry> entry = pipeline.lock(address);
                if (stage.source() != null && entry.isPresent()) {
                    fetched +=
                            fetch(stage, stage.source(), entry.get().outputs().get(0));
                }
            }
            return fetched;
        }
    }

    private int fetch(Stage stage, ImportSource source, PathState state) throws InterruptedException {
        ContentHash hash = state.hash();
        if (hash == null || CacheContent.isWhole(project.cache(state.hashName()), hash)) {
            return 0;
        }
        Path copy = AtomicFiles.beside(project.temporaryDirectory().resolve("import"));
        try {
            if (source instanceof ImportSource.Repository repository) {
                new Importer(project, listener).copy(repository, true, copy);
            } else if (source instanceof ImportSource.Location location && isSame(stage, location)) {
                SourceLocation.of(project, stage.workingDirectory(), location).copyTo(copy);
            } else {
                return 0;
            }
            project.cache(state.hashName()).take(copy, new Snapshotter(new IgnoreRules(copy), HashMemo.inMemory()));
            return state.fileCount() == null ? 1 : state.fileCount();
        } finally {
            AtomicFiles.deleteRecursively(copy);
        }
    }

    private boolean isSame(Stage stage, ImportSource.Location location) throws InterruptedException {
        boolean isSame = SourceLocation.of(project, stage.workingDirectory(), location)
                .state(location.path(), location.state().hashName())
                .map(now -> java.util.Objects.equals(
                                now.state().hash(), location.state().hash())
                        && java.util.Objects.equals(now.tag(), location.tag()))
                .orElse(false);
        if (!isSame) {
            listener.warning("data source changed: stage: '%s' (%s)".formatted(stage.address(), location.path()));
        }
        return isSame;
    }
}

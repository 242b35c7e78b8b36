package dev.cairn.engine.data;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.pipeline.ImportSource;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.reproduce.PathStates;
import dev.cairn.engine.source.SourceLocation;
import dev.cairn.store.cas.ContentStore;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.hash.HashName;
import dev.cairn.store.snapshot.FileSnapshot;
import dev.cairn.store.snapshot.HashMemo;
import dev.cairn.store.snapshot.IgnoreRules;
import dev.cairn.store.snapshot.Snapshotter;
import java.nio.file.Path;

/** Sends data from where it is to a remote, past the workspace and the cache. */
final class RemoteImport {
    private final Project project;

    RemoteImport(Project project) {
        this.project = project;
    }

    PathState send(Stage stage, DataTransfer remote) throws InterruptedException {
        if (!(stage.source() instanceof ImportSource.Location location)) {
            throw new EngineException(
                    "Data imported from other DVC or Git repositories can't be updated with --to-remote",
                    "Leave the option out.");
        }
        HashName hashName = project.hashName();
        Path work = AtomicFiles.beside(project.temporaryDirectory().resolve("import"));
        try {
            Path copy = work.resolve("data");
            SourceLocation.of(project, stage.workingDirectory(), location).copyTo(copy);
            ContentStore store = new ContentStore(
                    work.resolve("cache"), project.cache(hashName).layout());
            FileSnapshot snapshot = store.take(copy, new Snapshotter(new IgnoreRules(copy), HashMemo.inMemory()));
            PathState state = PathStates.of(stage.outputs().get(0).declared(), snapshot, hashName);
            if (state.hash() == null) {
                throw new EngineException(
                        "dependency '%s' does not exist".formatted(location.path()), "Check the spelling.");
            }
            remote.pushFrom(store, state.hash());
            return state;
        } finally {
            AtomicFiles.deleteRecursively(work);
        }
    }
}

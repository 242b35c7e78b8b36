package dev.cairn.engine.data;

import dev.cairn.engine.pipeline.LockFile;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.snapshot.IgnoreRules;
import java.util.List;
import java.util.TreeSet;

/** Makes a project a plain directory again: data stays, what DVC keeps about it goes. */
public final class ProjectDestroyer {
    private final Project project;

    public ProjectDestroyer(Project project) {
        this.project = project;
    }

    /** Removes stages, .dvc files and lock files. {@link #finish} removes the rest, once the project is closed. */
    public void removeFiles() {
        try (ProjectLock lock = new ProjectLock(project)) {
            Pipeline pipeline = PipelineReader.read(project.workspace());
            pipeline.stages().values().forEach(stage -> stage.outputs()
                    .forEach(output -> Unprotector.unprotect(project.resolve(output.path()))));
            TreeSet<String> files = new TreeSet<>();
            pipeline.stages().keySet().forEach(address -> {
                files.add(address.file());
                if (!address.isDataFile()) {
                    files.add(LockFile.pathFor(address.file()));
                }
            });
            files.forEach(file -> AtomicFiles.deleteRecursively(project.resolve(file)));
        }
    }

    /** Removes the {@code .dvc} directory with the cache, and {@code .dvcignore}. The project must be closed. */
    public void finish() {
        for (String name : List.of(IgnoreRules.FILE_NAME, ".dvc")) {
            AtomicFiles.deleteRecursively(project.resolve(name));
        }
    }
}

package dev.cairn.engine.data;

import dev.cairn.engine.error.ExpectedFailureException;
import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.pipeline.TargetResolver;
import dev.cairn.engine.pipeline.TargetSelection;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.engine.reproduce.ChangeDetector;
import dev.cairn.engine.reproduce.LockFiles;
import dev.cairn.engine.reproduce.OutputCommitter;
import dev.cairn.engine.reproduce.RunCache;
import dev.cairn.engine.reproduce.RunListener;
import dev.cairn.engine.reproduce.StagePaths;
import dev.cairn.store.lock.RwLockFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Takes the workspace as it is for what the stages made, without running them. */
public final class DataCommitter {
    private final Project project;

    public DataCommitter(Project project) {
        this.project = project;
    }

    /**
     * Commits outputs to the cache and records them.
     *
     * @param force also for stages whose command, dependencies or outputs changed
     * @return files to be committed to Git that were written, relative to the root
     * @throws ExpectedFailureException when a stage changed and {@code force} is not given; nothing was recorded for it
     */
    public Set<String> commit(TargetSelection selection, boolean force) {
        try (ProjectLock lock = new ProjectLock(project)) {
            Pipeline pipeline = PipelineReader.read(project.workspace());
            ChangeDetector detector = new ChangeDetector(project);
            OutputCommitter committer = new OutputCommitter(project);
            RunCache runs = new RunCache(project);
            LockFiles lockFiles = new LockFiles(project, RunListener.SILENT);
            Set<String> touched = new TreeSet<>();
            List<Stage> stages = new TargetResolver(pipeline, project)
                    .stages(selection).stream().map(pipeline::stage).toList();
            try (RwLockFile.Hold outputs = StagePaths.hold(project, stages, "", RunListener.SILENT::warning)) {
                for (Stage stage : stages) {
                    StageAddress address = stage.address();
                    Optional<LockEntry> known = pipeline.lock(address);
                    if (!force && detector.compare(stage, known).isStale()) {
                        throw new ExpectedFailureException(
                                "unable to commit changed stage: '%s'. Use `-f|--force` to force.".formatted(address),
                                "");
                    }
                    stage.outputs().forEach(this::requireExisting);
                    LockEntry entry = committer.commit(stage, OutputCommitter.Mode.STORE, touched);
                    runs.remember(stage, entry, committer);
                    lockFiles.record(address, entry).ifPresent(touched::add);
                }
            }
            return touched;
        }
    }

    private void requireExisting(Output output) {
        if (!project.workspace().exists(output.path())) {
            throw new ExpectedFailureException(
                    "output '%s' does not exist".formatted(output.path()),
                    "`checkout` brings back what was recorded of it.");
        }
    }
}

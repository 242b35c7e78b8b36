package dev.cairn.engine.experiment;

import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.engine.reproduce.LockFiles;
import dev.cairn.engine.reproduce.OutputCommitter;
import dev.cairn.engine.reproduce.RunCache;
import dev.cairn.engine.reproduce.RunListener;
import dev.cairn.engine.reproduce.StagePaths;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.git.TreeOverlay;
import dev.cairn.store.git.WorkspaceTree;
import dev.cairn.store.lock.RwLockFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Makes an experiment of the workspace as it is, without running anything ({@code exp save}). */
public final class ExperimentSaver {
    private final Project project;
    private final GitRepository git;

    public ExperimentSaver(Project project) {
        this.project = project;
        this.git = project.git();
    }

    /**
     * What to save.
     *
     * @param name of the experiment; null for one made up
     * @param force replace one of the same name
     * @param untracked files and directories to take in though Git does not track them, as typed
     * @param message of the commit; null for DVC's
     */
    public record Request(@Nullable String name, boolean force, List<String> untracked, @Nullable String message) {
        public Request {
            untracked = List.copyOf(untracked);
        }
    }

    /**
     * What was saved.
     *
     * @param revision the commit, 40 hex
     * @param leftOut untracked files that are not part of it
     */
    public record Saved(ExperimentRef ref, String revision, List<String> leftOut) {
        public Saved {
            leftOut = List.copyOf(leftOut);
        }
    }

    /**
     * Saves the workspace. Outputs go to the cache, and dvc.lock says what they are.
     *
     * @throws ConflictException when the name is taken; nothing was changed then
     */
    public Saved save(Request request) {
        ObjectId head = git.head()
                .orElseThrow(() -> new EngineException(
                        "unexpected error - Empty git repo", "Run `git add .` and `git commit -m \"first\"`."));
        git.committer();
        try (ExperimentLock idle = ExperimentLock.acquire(project);
                ProjectLock lock = new ProjectLock(project)) {
            WorkspaceRecovery.recover(project);
            ExperimentRefs refs = new ExperimentRefs(git);
            ExperimentRef ref = ExperimentNames.refFor(
                    request.name(),
                    request.force(),
                    head,
                    refs,
                    project.environment().random());
            Pipeline pipeline = PipelineReader.read(project.workspace());
            Map<String, LockEntry> committed;
            try (RwLockFile.Hold outputs =
                    StagePaths.hold(project, pipeline.stages().values(), "", RunListener.SILENT::warning)) {
                committed = commitOutputs(pipeline);
            }
            new ExecRefs(git).setHead(head);
            CheckpointRecorder recorder = new CheckpointRecorder(
                    project, new WorkspaceTree(git), ref, head, refs.tip(ref).orElse(ObjectId.zeroId()));
            String message = request.message() != null ? request.message() : ExperimentHash.message(committed);
            ObjectId tree = new TreeOverlay(git)
                    .write(
                            recorder.tree(paths(request, pipeline)),
                            Map.of(project.gitPrefix() + ".dvc/tmp/repro.dat", arguments(ref, request.force())),
                            Set.of());
            ObjectId commit = recorder.commit(tree, message);
            List<String> leftOut = new ArrayList<>(git.untracked());
            leftOut.removeAll(Set.copyOf(git.files(tree).list()));
            return new Saved(ref, commit.name(), leftOut);
        }
    }

    private Map<String, LockEntry> commitOutputs(Pipeline pipeline) {
        OutputCommitter committer = new OutputCommitter(project);
        RunCache runs = new RunCache(project);
        LockFiles lockFiles = new LockFiles(project, RunListener.SILENT);
        Map<String, LockEntry> committed = new LinkedHashMap<>();
        for (Stage stage : pipeline.stages().values()) {
            LockEntry entry = committer.commit(stage, OutputCommitter.Mode.STORE, new TreeSet<>());
            lockFiles.record(stage.address(), entry);
            if (!stage.isData()) {
                runs.remember(stage, entry, committer);
                committed.put(stage.address().name(), entry);
            }
        }
        return committed;
    }

    /** DVC leaves the arguments of the run, which there was none of, in the commit. */
    private static byte[] arguments(ExperimentRef ref, boolean force) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("DVC_EXP_BASELINE_REV", ref.baseline().name());
        environment.put("DVC_EXP_NAME", ref.name());
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("run_env", environment);
        options.put("force", force);
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("args", new Object[0]);
        arguments.put("kwargs", options);
        return Pickle.write(arguments);
    }

    /** What goes in beside what Git tracks, relative to the root: lock files, top-level metrics and the like, and what was asked for. */
    private Set<String> paths(Request request, Pipeline pipeline) {
        Set<String> paths = new TreeSet<>();
        pipeline.stages().keySet().stream()
                .filter(address -> !address.isDataFile())
                .map(address -> address.file().replaceFirst("dvc\\.yaml$", "dvc.lock"))
                .forEach(paths::add);
        paths.addAll(pipeline.metrics());
        paths.addAll(pipeline.params());
        pipeline.plots().stream()
                .map(Pipeline.PlotDefinition::id)
                .filter(id -> project.workspace().exists(id))
                .forEach(paths::add);
        for (String typed : request.untracked()) {
            String path = project.relativize(typed);
            if (!project.workspace().exists(path)) {
                throw new EngineException("'%s' does not exist".formatted(typed), "Name a file or directory with -I.");
            }
            paths.add(path);
        }
        return paths;
    }
}

package dev.cairn.engine.experiment;

import dev.cairn.engine.data.AddRequest;
import dev.cairn.engine.data.DataTracker;
import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.engine.reproduce.ChangeDetector;
import dev.cairn.engine.reproduce.ChangeReason;
import dev.cairn.engine.reproduce.LockFiles;
import dev.cairn.engine.reproduce.OutputCommitter;
import dev.cairn.engine.reproduce.RunListener;
import dev.cairn.engine.yaml.YamlWriter;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.git.WorkspaceTree;
import dev.cairn.store.json.PythonJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints of a notebook session: the workspace as it is becomes the next commit of the session's current experiment. Metrics and the
 * cells run so far go with it, in {@code checkpoint/}, whose own dvc.yaml makes the metrics known to DVC.
 */
public final class SessionCheckpoints {
    private static final String DIRECTORY = "checkpoint";
    private static final String METRICS = "metrics.json";

    private final Project project;
    private final GitRepository git;
    private @Nullable ExperimentRef current;
    private @Nullable ObjectId last;
    private int count;

    public SessionCheckpoints(Project project) {
        this.project = project;
        this.git = project.git();
    }

    /**
     * What to record.
     *
     * @param name of the experiment; null to go on with the current one
     * @param message of the commit; null for DVC's
     * @param outputs files or directories to track beside the pipeline's, as typed
     * @param metrics by name
     * @param cells source of the cells run so far; empty for none
     */
    public record Request(
            @Nullable String name,
            @Nullable String message,
            List<String> outputs,
            Map<String, Object> metrics,
            String cells) {
        public Request {
            outputs = List.copyOf(outputs);
            metrics = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        }
    }

    /**
     * A checkpoint that was recorded.
     *
     * @param number counted from 1 within the session's experiment
     * @param revision the commit, 40 hex
     * @param from what the first checkpoint of an experiment goes on from, in words; empty for later ones
     */
    public record Recorded(
            ExperimentRef experiment, int number, String revision, Map<String, Object> metrics, String from) {}

    /** The experiment that the next checkpoint goes to; empty when the next one starts an experiment. */
    public Optional<ExperimentRef> current() {
        return Optional.ofNullable(current);
    }

    /** The next checkpoint starts an experiment of its own, from the baseline. */
    public void startNew() {
        current = null;
        last = null;
        count = 0;
    }

    /**
     * Goes back to a checkpoint; the next one goes on from there, on the same experiment when it is the tip of one.
     *
     * @throws dev.cairn.engine.error.UnknownNameException when there is no such revision
     */
    public ApplyResult resume(String revision) {
        ApplyResult applied = new ExperimentApplier(project).apply(revision);
        ObjectId commit = ObjectId.fromString(applied.revision());
        ExperimentRefs refs = new ExperimentRefs(git);
        current = refs.containing(commit).stream()
                .filter(ref -> refs.tip(ref).filter(commit::equals).isPresent())
                .findFirst()
                .orElse(null);
        last = commit;
        count = current == null ? 0 : refs.chain(current, commit).size();
        return applied;
    }

    /**
     * Records the workspace.
     *
     * @throws ConflictException when an experiment of the name exists
     */
    public Recorded record(Request request) {
        ObjectId head = git.head()
                .orElseThrow(() -> new EngineException(
                        "Empty Git repo. Add a commit to use experiments.",
                        "Run `git add .` and `git commit -m \"first\"`."));
        try (ExperimentLock idle = ExperimentLock.acquire(project)) {
            ExperimentRefs refs = new ExperimentRefs(git);
            ExperimentRef ref = experiment(request, head, refs);
            Set<String> paths = new TreeSet<>();
            if (!request.outputs().isEmpty()) {
                paths.addAll(new DataTracker(project)
                        .add(AddRequest.of(request.outputs(), true))
                        .gitPaths());
            }
            try (ProjectLock lock = new ProjectLock(project)) {
                Map<String, LockEntry> committed = commitOutputs(paths);
                writeRecord(request, paths);
                ObjectId parent = last != null ? last : head;
                CheckpointRecorder recorder = new CheckpointRecorder(
                        project,
                        new WorkspaceTree(git),
                        ref,
                        parent,
                        refs.tip(ref).orElse(ObjectId.zeroId()));
                String message = request.message() != null ? request.message() : ExperimentHash.message(committed);
                ObjectId commit = recorder.commit(recorder.tree(paths), message);
                ExecRefs exec = new ExecRefs(git);
                exec.setCheckpoint(commit);
                exec.setApplied(commit);
                boolean isFirst = !ref.equals(current);
                current = ref;
                count = isFirst ? 1 : count + 1;
                last = commit;
                return new Recorded(
                        ref, count, commit.name(), request.metrics(), isFirst ? describe(parent, head, refs) : "");
            }
        }
    }

    private static String describe(ObjectId parent, ObjectId head, ExperimentRefs refs) {
        String shortId = parent.name().substring(0, 7);
        if (parent.equals(head)) {
            return "from the baseline " + shortId;
        }
        return refs.containing(parent).stream()
                .findFirst()
                .map(ref -> "from checkpoint %s of '%s'".formatted(shortId, ref.name()))
                .orElse("from " + shortId);
    }

    private ExperimentRef experiment(Request request, ObjectId head, ExperimentRefs refs) {
        boolean isMoved = current != null && !current.baseline().equals(head);
        if (isMoved) {
            startNew(); // a Git commit was made since: experiments start from it now
        }
        if (request.name() == null) {
            return current != null
                    ? current
                    : new ExperimentRef(
                            head, ExperimentNames.make(project.environment().random(), name -> refs.tip(
                                            new ExperimentRef(head, name))
                                    .isPresent()));
        }
        ExperimentNames.check(request.name());
        ExperimentRef named = new ExperimentRef(head, request.name());
        if (!named.equals(current) && refs.tip(named).isPresent()) {
            throw new ConflictException(
                    "Experiment conflicts with existing experiment '%s'.".formatted(request.name()),
                    "Choose another name, or go on with it: `%%checkpoint resume %s`.".formatted(request.name()));
        }
        return named;
    }

    /** Takes changed outputs of stages and data into the cache, and says so in dvc.lock and .dvc files. */
    private Map<String, LockEntry> commitOutputs(Set<String> paths) {
        Pipeline pipeline = PipelineReader.read(project.workspace());
        ChangeDetector detector = new ChangeDetector(project);
        OutputCommitter committer = new OutputCommitter(project);
        LockFiles lockFiles = new LockFiles(project, RunListener.SILENT);
        Map<String, LockEntry> committed = new LinkedHashMap<>();
        for (Stage stage : pipeline.stages().values()) {
            boolean exists = !stage.outputs().isEmpty()
                    && stage.outputs().stream().allMatch(o -> Files.exists(project.resolve(o.path())))
                    && stage.dependencies().stream().allMatch(d -> Files.exists(project.resolve(d.path())));
            boolean isChanged = exists
                    && detector.compare(stage, pipeline.lock(stage.address())).changes().stream()
                            .anyMatch(c -> c.kind() == ChangeReason.Kind.OUTPUT);
            if (isChanged) {
                LockEntry entry = committer.commit(stage, OutputCommitter.Mode.CHECKPOINT, paths);
                lockFiles.record(stage.address(), entry).ifPresent(paths::add);
                committed.put(stage.address().toString(), entry);
            }
        }
        return committed;
    }

    private void writeRecord(Request request, Set<String> paths) {
        Path directory = project.resolve(DIRECTORY);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + directory, e);
        }
        if (!request.metrics().isEmpty()) {
            write(METRICS, PythonJson.dumps(request.metrics()) + "\n", paths);
            write("dvc.yaml", YamlWriter.write(Map.of("metrics", List.of(METRICS))), paths);
        }
        if (!request.cells().isEmpty()) {
            write("cells.jsh", request.cells(), paths);
        }
    }

    private void write(String name, String text, Set<String> paths) {
        AtomicFiles.write(project.resolve(DIRECTORY + "/" + name), text.getBytes(StandardCharsets.UTF_8));
        paths.add(DIRECTORY + "/" + name);
    }
}

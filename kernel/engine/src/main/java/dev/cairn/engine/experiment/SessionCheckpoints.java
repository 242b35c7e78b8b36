package dev.cairn.engine.experiment;

import dev.cairn.engine.data.AddRequest;
import dev.cairn.engine.data.DataTracker;
import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.UnknownNameException;
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
import dev.cairn.store.git.TreeOverlay;
import dev.cairn.store.git.WorkspaceTree;
import dev.cairn.store.json.PythonJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private static final String METRICS = "checkpoint/metrics.json";
    private static final String DECLARATION = "checkpoint/dvc.yaml";
    private static final String CELLS = "checkpoint/cells.jsh";
    private static final Set<String> RECORD_FILES = Set.of(METRICS, DECLARATION, CELLS);

    private final Project project;
    private final GitRepository git;
    private final SessionMemory memory;
    private @Nullable ExperimentRef current;
    private @Nullable ObjectId last;
    private int count;
    private @Nullable CheckpointCapture capture;
    private @Nullable CheckpointRecorder recorder;

    public SessionCheckpoints(Project project) {
        this.project = project;
        this.git = project.git();
        this.memory = new SessionMemory(project);
    }

    /**
     * What to record.
     *
     * @param name of the experiment; null to go on with the current one
     * @param message of the commit; null for DVC's
     * @param outputs files or directories to track beside the pipeline's, as typed
     * @param kept files and directories that go into the commit itself, as typed
     * @param metrics by name
     * @param cells source of the cells run so far; empty for none
     */
    public record Request(
            @Nullable String name,
            @Nullable String message,
            List<String> outputs,
            List<String> kept,
            Map<String, Object> metrics,
            String cells) {
        public Request {
            outputs = List.copyOf(outputs);
            kept = List.copyOf(kept);
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
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
        capture = null;
        recorder = null;
        memory.forget();
    }

    /**
     * Brings the workspace back to the commit that Git is at, as `exp apply HEAD` does; the next checkpoint starts an experiment from it.
     */
    public ApplyResult reset() {
        ApplyResult applied = new ExperimentApplier(project).apply("HEAD");
        startNew();
        return applied;
    }

    /**
     * Goes back to the last checkpoint of the session's experiment; after a restart to that of the experiment which the last session
     * recorded.
     *
     * @throws UnknownNameException when no session has recorded one, or it is gone
     */
    public Resumed resume() {
        ExperimentRefs refs = new ExperimentRefs(git);
        ExperimentRef ref = current()
                .or(memory::experiment)
                .filter(known -> refs.tip(known).isPresent())
                .orElseThrow(() -> new UnknownNameException(
                        "There is no checkpoint of a session to go on from.",
                        "Name one: `checkpoint resume REV`; `exp show` lists them."));
        return resume(ref.refName());
    }

    /**
     * Goes back to a checkpoint; the next one goes on from there, on the same experiment when it is the tip of one, else on a new one that
     * forks from it.
     *
     * @throws UnknownNameException when there is no such revision
     */
    public Resumed resume(String revision) {
        ApplyResult applied = new ExperimentApplier(project).apply(revision);
        ObjectId commit = ObjectId.fromString(applied.revision());
        startNew();
        ExperimentRefs refs = new ExperimentRefs(git);
        List<ExperimentRef> holders = refs.containing(commit);
        List<ExperimentRef> ofHead = holders.stream()
                .filter(ref -> git.head().filter(ref.baseline()::equals).isPresent())
                .toList();
        last = ofHead.isEmpty() ? null : commit; // a chain leads to the commit that Git is at
        ofHead.stream()
                .filter(ref -> refs.tip(ref).filter(commit::equals).isPresent())
                .findFirst()
                .ifPresent(ref -> {
                    current = ref;
                    count = refs.chain(ref, commit).size();
                    memory.remember(ref);
                });
        String name = current()
                .or(() -> holders.stream().findFirst())
                .map(ExperimentRef::name)
                .orElse("");
        int number = holders.isEmpty() ? 0 : refs.chain(holders.get(0), commit).size();
        String cells = git.files(commit)
                .read(project.gitPrefix() + CELLS)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
        return new Resumed(applied, name, number, cells, current != null);
    }

    /**
     * A checkpoint that was gone back to.
     *
     * @param experiment that has it; empty for a commit that is no checkpoint
     * @param number counted from 1 within the experiment; 0 for a commit that is no checkpoint
     * @param cells the source of the cells that were kept with it; empty for none
     * @param isContinued whether the next checkpoint goes to the same experiment, rather than to a fork of it
     */
    public record Resumed(ApplyResult applied, String experiment, int number, String cells, boolean isContinued) {}

    /**
     * Holds what the next checkpoint is made of, without hashing it: in the time of a copy at most. What is held is recorded by
     * {@link #record(CapturedCheckpoint)}, on any one thread and in order.
     *
     * @return empty when this checkpoint has to be recorded at once: the first of an experiment, one with an output that was not there
     *     before, or with changed outputs of stages
     */
    public Optional<CapturedCheckpoint> capture(Request request) {
        CheckpointCapture known = capture;
        ExperimentRef ref = current;
        if (known == null || ref == null) {
            return Optional.empty();
        }
        boolean isSame = request.name() == null || request.name().equals(ref.name());
        boolean isOfHead = git.head().filter(ref.baseline()::equals).isPresent();
        return isSame && isOfHead ? known.take(request) : Optional.empty();
    }

    /** Records what was held. */
    public Recorded record(CapturedCheckpoint captured) {
        CheckpointRecorder known = Objects.requireNonNull(recorder, "nothing was recorded before");
        ExperimentRef ref = Objects.requireNonNull(current, "no experiment");
        try (ExperimentLock idle = ExperimentLock.acquire(project);
                ProjectLock lock = new ProjectLock(project)) {
            Map<String, byte[]> files = captured.store(project);
            files.putAll(recordFiles(captured.request()));
            Map<String, byte[]> inRepository = new LinkedHashMap<>();
            files.forEach((path, content) -> inRepository.put(project.gitPrefix() + path, content));
            ObjectId tree = new TreeOverlay(git).write(captured.tree(), inRepository, Set.of());
            ObjectId commit = known.commit(tree, message(captured.request(), Map.of()));
            writeRecord(files);
            return recorded(ref, commit, captured.request(), "");
        }
    }

    private Recorded recorded(ExperimentRef ref, ObjectId commit, Request request, String from) {
        ExecRefs exec = new ExecRefs(git);
        exec.setCheckpoint(commit);
        exec.setApplied(commit);
        count++;
        last = commit;
        return new Recorded(ref, count, commit.name(), request.metrics(), from);
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
            request.kept().forEach(typed -> paths.add(inside(typed)));
            List<String> outputs = request.outputs().stream().map(this::inside).toList();
            if (!request.outputs().isEmpty()) {
                paths.addAll(new DataTracker(project)
                        .add(AddRequest.of(request.outputs(), true))
                        .gitPaths());
            }
            try (ProjectLock lock = new ProjectLock(project)) {
                Map<String, LockEntry> committed = commitOutputs(paths);
                paths.addAll(writeRecord(recordFiles(request)));
                ObjectId parent = last != null ? last : head;
                WorkspaceTree workspace = new WorkspaceTree(git);
                CheckpointRecorder made = new CheckpointRecorder(
                        project, workspace, ref, parent, refs.tip(ref).orElse(ObjectId.zeroId()));
                ObjectId commit = made.commit(made.tree(paths), message(request, committed));
                boolean isFirst = !ref.equals(current);
                if (isFirst) {
                    current = ref;
                    count = 0;
                    memory.remember(ref);
                }
                recorder = made;
                capture = new CheckpointCapture(project, workspace, commit, outputs, RECORD_FILES);
                return recorded(ref, commit, request, isFirst ? describe(parent, head, refs) : "");
            }
        }
    }

    private static String message(Request request, Map<String, LockEntry> committed) {
        return request.message() != null ? request.message() : ExperimentHash.message(committed);
    }

    /** What was typed as a path relative to the root. */
    private String inside(String typed) {
        String path = project.relativize(typed);
        if (path.startsWith("..")) {
            throw new EngineException(
                    "'%s' is outside of the project".formatted(typed),
                    "Keep what a checkpoint shall have inside of it.");
        }
        return path;
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

    /** Writes the files to the workspace; metrics of an earlier checkpoint go, for they are not those of this one. */
    private Set<String> writeRecord(Map<String, byte[]> files) {
        RECORD_FILES.stream()
                .filter(path -> !files.containsKey(path))
                .forEach(path -> AtomicFiles.deleteRecursively(project.resolve(path)));
        files.forEach((path, content) -> AtomicFiles.write(project.resolve(path), content));
        return files.keySet();
    }

    /** The metrics and the cells, as files of the project. */
    private static Map<String, byte[]> recordFiles(Request request) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (!request.metrics().isEmpty()) {
            texts.put(METRICS, PythonJson.dumps(request.metrics()) + "\n");
            texts.put(DECLARATION, YamlWriter.write(Map.of("metrics", List.of("metrics.json"))));
        }
        if (!request.cells().isEmpty()) {
            texts.put(CELLS, request.cells());
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        texts.forEach((path, text) -> files.put(path, text.getBytes(StandardCharsets.UTF_8)));
        return files;
    }
}

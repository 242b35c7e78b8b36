package dev.cairn.engine.reproduce;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.StageFailedException;
import dev.cairn.engine.pipeline.Dependency;
import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineGraph;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.engine.reproduce.ReproduceRequest.Flag;
import dev.cairn.engine.reproduce.StageOutcome.Kind;
import dev.cairn.store.StoreException;
import dev.cairn.store.cas.Checkout;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.lock.RwLockFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Brings stages up to date, each after what it needs. One object a run. */
public final class Reproducer {
    private final Project project;
    private final RunListener listener;
    private final RunMode mode;
    private final StopSignal stop;
    private final ReproduceRequest request;
    private final ProjectLock lock;
    private final LockFiles lockFiles;
    private final ChangeDetector detector;
    private final OutputCommitter committer;
    private final RunCache runCache;
    private final StageTrace trace;
    private final Set<String> touched = new TreeSet<>();
    private final List<StageOutcome> outcomes = new ArrayList<>();
    private final Map<String, LockEntry> executed = new LinkedHashMap<>();
    private ReproduceResult.@Nullable Interruption interruption;
    private @Nullable String checkpointStage;
    private RemoteData remote = RemoteData.NONE;
    private Predicate<String> consent = question -> false;
    private int jobs = 1;

    /** Prepares a run that an interrupt of the thread stops. See the other constructor. */
    public Reproducer(Project project, ProjectLock lock, ReproduceRequest request, RunMode mode, RunListener listener) {
        this(project, lock, request, mode, listener, new StopSignal());
    }

    /**
     * Prepares a run.
     *
     * @param lock held by the caller; let go while a command runs
     */
    public Reproducer(
            Project project,
            ProjectLock lock,
            ReproduceRequest request,
            RunMode mode,
            RunListener listener,
            StopSignal stop) {
        this.project = project;
        this.lock = lock;
        this.request = request;
        this.mode = mode;
        this.stop = stop;
        this.listener = listener;
        this.lockFiles = new LockFiles(project, listener);
        this.detector = new ChangeDetector(project);
        this.committer = new OutputCommitter(project);
        this.runCache = new RunCache(project);
        this.trace = new StageTrace(project.temporaryDirectory());
    }

    /** Asks there before each stage, when the request asks for it. */
    public Reproducer asking(Predicate<String> user) {
        this.consent = user;
        return this;
    }

    /** Takes what the cache has not from there, when the request asks for it. */
    public Reproducer pullingFrom(RemoteData source) {
        this.remote = source;
        return this;
    }

    /**
     * Runs commands of stages that do not need each other at the same time. What they leave behind is as if they had run one after the
     * other; checkpoint stages, and runs that force what comes later, keep their order.
     *
     * @param most how many at a time
     */
    public Reproducer withJobs(int most) {
        boolean isInOrder = mode.checkpoints() != null
                || request.has(Flag.DRY)
                || request.has(Flag.FORCE_DOWNSTREAM)
                || request.has(Flag.INTERACTIVE);
        this.jobs = isInOrder ? 1 : most;
        return this;
    }

    /**
     * Runs what has to run.
     *
     * @throws StageFailedException when a stage fails; what was done before it is kept
     * @throws InterruptedException when the thread was interrupted and no checkpoint had been made
     */
    public ReproduceResult run() throws InterruptedException {
        ReproduceResult result = stop.call(this::runHere);
        if (stop.isRequested() && result.interruption() == null) {
            Thread.currentThread().interrupt(); // it came too late for this run
        }
        return result;
    }

    /** As {@link #run}, on this thread, for a caller that has the stop signal and shields the thread from interrupts. */
    public ReproduceResult runHere() throws InterruptedException {
        Pipeline pipeline = PipelineReader.read(project.workspace());
        PipelineGraph graph = new PipelineGraph(pipeline);
        List<Stage> plan = new ReproductionPlan(project, request).stages(pipeline, graph);
        if (request.has(Flag.PULL) && !request.has(Flag.NO_RUN_CACHE)) {
            remote.fetchRuns();
        }
        listener.planned(plan);
        try {
            if (jobs > 1) {
                listener.runsInParallel();
                new ParallelStages(new StageSteps(), lock, listener::warning, stop, jobs).run(plan, graph);
            } else {
                reproduce(plan);
            }
        } catch (EngineException | StoreException e) {
            committer.undoIgnores();
            throw e;
        }
        return new ReproduceResult(outcomes, touched, interruption);
    }

    private void reproduce(List<Stage> plan) throws InterruptedException {
        boolean isForced = request.has(Flag.FORCE);
        for (Stage stage : plan) {
            stopIfAsked();
            if (interruption != null) {
                outcomes.add(new StageOutcome(stage.address(), Kind.NOT_REACHED, null));
                continue;
            }
            Optional<StageOutcome> known = withoutCommand(stage, isForced);
            StageOutcome outcome = known.isPresent() ? known.get() : execute(stage);
            record(stage, outcome);
            // As in DVC: what comes later, whether it needs this stage or not.
            isForced |= request.has(Flag.FORCE_DOWNSTREAM) && outcome.kind() != Kind.SKIPPED;
        }
        tellInterruption();
    }

    /** Between two stages: with checkpoints made, what follows is left out; without, the run is called off. */
    private void stopIfAsked() throws InterruptedException {
        if (interruption != null || !stop.isRequested()) {
            return;
        }
        if (checkpointStage == null) {
            throw new InterruptedException();
        }
        interruption = new ReproduceResult.Interruption(checkpointStage, true, "interrupted");
    }

    private void tellInterruption() {
        if (interruption == null) {
            return;
        }
        List<String> skipped = outcomes.stream()
                .filter(o -> o.kind() == Kind.NOT_REACHED)
                .map(o -> "'" + o.stage() + "'")
                .toList();
        listener.warning("Checkpoint stage '%s' was interrupted remaining stages in pipeline will not be reproduced."
                .formatted(interruption.stage()));
        if (!skipped.isEmpty()) {
            listener.warning("skipped stages " + String.join(", ", skipped));
        }
    }

    /** What can be had without running the stage's command; empty when it must run. */
    private Optional<StageOutcome> withoutCommand(Stage stage, boolean force) throws InterruptedException {
        if (stage.isCheckpoint() && mode.checkpoints() == null) {
            throw new StageFailedException(
                    "failed to reproduce '%s': Checkpoint stages are not supported in 'dvc repro'. Checkpoint stages must be reproduced with 'dvc exp run'. "
                            .formatted(stage.address()),
                    "Use `exp run`.");
        }
        Optional<LockEntry> known = stage.isData() ? dataEntry(stage) : lockFiles.entry(stage.address());
        if (stage.isData() || stage.frozen()) {
            return Optional.of(verify(stage, known, force));
        }
        boolean mustRun = force || stage.isCheckpoint();
        if (!mustRun && !isStale(stage, known)) {
            return Optional.of(skip(stage));
        }
        requireConsent(stage);
        if (request.has(Flag.PULL) && request.has(Flag.ALLOW_MISSING) && !request.has(Flag.DRY)) {
            pullDependencies(stage);
        }
        List<PathState> dependencies =
                request.has(Flag.DRY) ? List.of() : committer.dependencies(stage, project.hashName());
        if (!request.has(Flag.DRY) && !mustRun && !request.has(Flag.NO_RUN_CACHE) && RunCache.restores(stage)) {
            LockEntry wanted = RunCache.keyEntry(stage, dependencies, committer.params(stage));
            if (request.has(Flag.PULL)) {
                runCache.candidates(wanted).forEach(entry -> remote.fetch(entry.outputs()));
            }
            try (ProjectLock.CacheHold hold = lock.holdCache()) {
                return runCache.find(wanted).map(found -> restore(stage, found, dependencies));
            }
        }
        return Optional.empty();
    }

    private StageOutcome skip(Stage stage) {
        listener.stageSkipped(stage.address());
        return new StageOutcome(stage.address(), Kind.SKIPPED, null);
    }

    /** Whether something changed; what is only missing does not count when the request allows that. */
    private boolean isStale(Stage stage, Optional<LockEntry> known) {
        StageStatus status = detector.compare(stage, known);
        if (!request.has(Flag.ALLOW_MISSING) || known.isEmpty()) {
            return status.isStale();
        }
        return status.changes().stream().anyMatch(change -> !isMissingData(change));
    }

    private static boolean isMissingData(ChangeReason change) {
        return change.kind() == ChangeReason.Kind.DEPENDENCY && change.state() == ChangeReason.State.DELETED
                || change.kind() == ChangeReason.Kind.OUTPUT && change.state() == ChangeReason.State.NOT_IN_CACHE;
    }

    private void requireConsent(Stage stage) {
        String name = stage.isData() ? "'%s'".formatted(stage.address()) : "stage: '%s'".formatted(stage.address());
        if (request.has(Flag.INTERACTIVE)
                && !consent.test("Going to reproduce %s. Are you sure you want to continue?".formatted(name))) {
            throw new StageFailedException(
                    "failed to reproduce '%s': reproduction aborted by the user".formatted(stage.address()), "");
        }
    }

    private void pull(Stage stage, LockEntry known) {
        remote.fetch(known.outputs());
        for (PathState state : known.outputs()) {
            if (state.hash() != null && CacheContent.isWhole(project.cache(state.hashName()), state.hash())) {
                stage.outputs().stream()
                        .filter(o -> o.declared().equals(state.path()))
                        .findFirst()
                        .ifPresent(o -> checkOut(o, state));
            }
        }
    }

    /** What the stage reads and is not there, from the stages or .dvc files that make it. */
    private void pullDependencies(Stage stage) {
        Pipeline pipeline = PipelineReader.read(project.workspace());
        for (Dependency.OnFile dependency : stage.fileDependencies()) {
            if (!project.workspace().exists(dependency.path())) {
                pipeline.producerOf(dependency.path())
                        .ifPresent(maker -> pipeline.lock(maker.address()).ifPresent(entry -> pull(maker, entry)));
            }
        }
    }

    private Optional<LockEntry> dataEntry(Stage stage) {
        return Optional.ofNullable(
                PipelineReader.read(project.workspace()).locks().get(stage.address()));
    }

    /** Tracked data and frozen stages run nothing: a change of theirs is taken as it is. */
    private StageOutcome verify(Stage stage, Optional<LockEntry> known, boolean force) throws InterruptedException {
        if (stage.frozen() && stage.source() == null) {
            listener.warning("stage: '%s' is frozen. Its dependencies are not going to be reproduced."
                    .formatted(stage.address()));
        }
        if (!force && !isStale(stage, known)) {
            return skip(stage);
        }
        requireConsent(stage);
        boolean isImport =
                stage.source() != null && (!stage.frozen() || request.has(Flag.PULL) || stage.isPartialImport(known));
        if (isImport) {
            if (!request.has(Flag.DRY)) {
                remote.importAgain(stage);
            }
            touched.add(stage.address().file());
            return new StageOutcome(stage.address(), Kind.VERIFIED, null);
        }
        if (request.has(Flag.PULL) && !request.has(Flag.DRY) && known.isPresent()) {
            listener.pulling(stage);
            pull(stage, known.get());
        } else {
            listener.stageVerified(stage);
        }
        if (!request.has(Flag.DRY)) {
            LockEntry entry = committer.commit(stage, commitMode(), touched);
            lockFiles.record(stage.address(), entry).ifPresent(touched::add);
        }
        return new StageOutcome(stage.address(), Kind.VERIFIED, null);
    }

    private OutputCommitter.Mode commitMode() {
        return request.has(Flag.NO_COMMIT) ? OutputCommitter.Mode.HASH_ONLY : OutputCommitter.Mode.STORE;
    }

    private StageOutcome restore(Stage stage, LockEntry found, List<PathState> dependencies) {
        listener.stageRestored(stage.address());
        for (PathState state : found.outputs()) {
            stage.outputs().stream()
                    .filter(o -> o.declared().equals(state.path()))
                    .findFirst()
                    .ifPresent(o -> checkOut(o, state));
        }
        LockEntry entry = new LockEntry(stage.command(), dependencies, committer.params(stage), found.outputs());
        listener.stageFinished(stage.address());
        return new StageOutcome(stage.address(), Kind.RESTORED, entry);
    }

    private void checkOut(Output output, PathState state) {
        if (state.hash() == null) {
            return;
        }
        Checkout checkout = project.checkout(state.hashName());
        checkout.restore(project.resolve(output.path()), state.hash(), state.executable(), true);
        if (!output.cached()) {
            touched.add(output.path());
        }
    }

    /** Writes down how a stage that ran came out: in .gitignore files and dvc.lock. */
    private void record(Stage stage, StageOutcome outcome) {
        outcomes.add(outcome);
        LockEntry entry = outcome.entry();
        if (entry != null && outcome.kind() != Kind.INTERRUPTED) {
            committer.ignore(stage, touched);
            recordRun(stage, entry);
        }
    }

    private void recordRun(Stage stage, LockEntry entry) {
        lockFiles.record(stage.address(), entry).ifPresent(touched::add);
        executed.put(stage.address().name(), entry);
    }

    private void prepare(Stage stage) {
        listener.stageStarted(stage, stage.command().shellCommands());
        if (!request.has(Flag.DRY)) {
            committer.params(stage);
            removeOutputs(stage);
        }
    }

    private StageOutcome execute(Stage stage) throws InterruptedException {
        if (request.has(Flag.DRY)) {
            prepare(stage);
            return new StageOutcome(stage.address(), Kind.EXECUTED, null);
        }
        // Who is refused because of another command has lost no output.
        try (RwLockFile.Hold hold = hold(stage, "")) {
            return executeHeld(stage);
        }
    }

    private StageOutcome executeHeld(Stage stage) throws InterruptedException {
        prepare(stage);
        Checkpoints checkpoints = new Checkpoints(stage);
        try {
            runCommand(stage, checkpoints);
        } catch (StageFailedException e) {
            if (checkpoints.count.get() == 0) {
                throw e;
            }
            return interrupted(stage, false, e.getMessage());
        } catch (InterruptedException e) {
            if (checkpoints.count.get() == 0) {
                throw e;
            }
            if (!checkpoints.isEnough || stop.isRequested()) {
                return interrupted(stage, true, "interrupted");
            }
        }
        return finish(stage);
    }

    private StageOutcome finish(Stage stage) {
        LockEntry entry = committer.take(stage, commitMode(), touched);
        remember(stage, entry);
        listener.stageFinished(stage.address());
        return new StageOutcome(stage.address(), Kind.EXECUTED, entry);
    }

    /** The steps of stages that run at the same time. */
    private final class StageSteps implements ParallelStages.Steps {
        @Override
        public Optional<StageOutcome> begin(Stage stage) throws InterruptedException {
            Optional<StageOutcome> known = withoutCommand(stage, request.has(Flag.FORCE));
            if (known.isEmpty()) {
                // Who is refused because of another command has lost no output.
                try (RwLockFile.Hold hold = hold(stage, stage.address().toString())) {
                    prepare(stage);
                }
            }
            return known;
        }

        @Override
        public void command(Stage stage) throws InterruptedException {
            try (RwLockFile.Hold hold = hold(stage, stage.address().toString())) {
                process(false).run(stage, mode.environment());
            }
        }

        @Override
        public StageOutcome finish(Stage stage) {
            return Reproducer.this.finish(stage);
        }

        @Override
        public void record(Stage stage, StageOutcome outcome) {
            Reproducer.this.record(stage, outcome);
        }
    }

    private void remember(Stage stage, LockEntry entry) {
        // As in DVC: of a run whose outs (metrics and plots are no matter) are partly in Git, nothing is remembered.
        boolean isRemembered = stage.isCheckpoint()
                || stage.outputs().stream().allMatch(output -> output.cached() || output.kind() != Output.Kind.OUTPUT);
        if (!request.has(Flag.NO_COMMIT) && isRemembered) {
            runCache.remember(stage, entry, committer);
        }
    }

    private StageOutcome interrupted(Stage stage, boolean byUser, String reason) {
        interruption = new ReproduceResult.Interruption(stage.address().toString(), byUser, reason);
        return new StageOutcome(
                stage.address(), Kind.INTERRUPTED, executed.get(stage.address().name()));
    }

    private void removeOutputs(Stage stage) {
        for (Output output : stage.outputs()) {
            Path path = project.resolve(output.path());
            if (!output.persist() && !output.checkpoint()) {
                AtomicFiles.deleteRecursively(path);
            } else {
                WritableOutput.ensure(path);
            }
        }
    }

    /** The checkpoints of one stage's run. */
    private final class Checkpoints {
        private final Stage stage;
        private final AtomicInteger count = new AtomicInteger();
        private final Thread runner = Thread.currentThread();
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile boolean isEnough;

        Checkpoints(Stage stage) {
            this.stage = stage;
        }

        void take(RunMode.CheckpointSink sink) {
            boolean goesOn;
            try (ProjectLock.CacheHold hold = lock.holdCache()) {
                LockEntry entry = committer.commit(stage, OutputCommitter.Mode.CHECKPOINT, touched);
                remember(stage, entry);
                recordRun(stage, entry);
                checkpointStage = stage.address().toString();
                goesOn = sink.record(stage, Map.copyOf(executed), Set.copyOf(touched));
            }
            sink.recorded();
            count.incrementAndGet();
            if (!goesOn) {
                isEnough = true;
                stop.enough(runner);
                awaitEnd();
            }
        }

        /** Until the command has ended the signal stands, so that it waits where it is. */
        private void awaitEnd() {
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private RwLockFile.Hold hold(Stage stage, String purpose) {
        return StagePaths.hold(project, List.of(stage), purpose, listener::warning);
    }

    private StageProcess process(boolean inheritsOutput) {
        return new StageProcess(project, listener, inheritsOutput, stop, trace);
    }

    private void runCommand(Stage stage, Checkpoints checkpoints) throws InterruptedException {
        Map<String, String> environment = new LinkedHashMap<>(mode.environment());
        StageProcess process = process(request.inheritsOutput());
        RunMode.CheckpointSink sink = mode.checkpoints();
        boolean signals = stage.isCheckpoint() && sink != null;
        if (signals) {
            environment.put("DVC_CHECKPOINT", "1");
        }
        lock.whileReleased(
                () -> {
                    if (!signals) {
                        process.run(stage, environment);
                        return;
                    }
                    CheckpointSignal signal = new CheckpointSignal(
                            project.temporaryDirectory(),
                            () -> checkpoints.take(java.util.Objects.requireNonNull(sink)),
                            stop::request);
                    try {
                        process.run(stage, environment);
                    } finally {
                        checkpoints.ended.countDown();
                        signal.close(); // what went wrong with a checkpoint comes before what it did to the command
                    }
                },
                listener::warning);
    }
}

package dev.cairn.engine.experiment;

import dev.cairn.engine.data.RemotePull;
import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.StageFailedException;
import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.engine.reproduce.ReproduceResult;
import dev.cairn.engine.reproduce.Reproducer;
import dev.cairn.engine.reproduce.RunListener;
import dev.cairn.engine.reproduce.RunListener.CheckpointEvent;
import dev.cairn.engine.reproduce.RunListener.Continuation;
import dev.cairn.engine.reproduce.RunMode;
import dev.cairn.engine.reproduce.StageOutcome;
import dev.cairn.engine.reproduce.StopSignal;
import dev.cairn.store.StoreException;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.git.LooseObjects;
import dev.cairn.store.git.WorkspaceRestorer;
import dev.cairn.store.git.WorkspaceTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Runs the pipeline as an experiment: every checkpoint and the end become commits below {@code refs/exps}, and the results come to the
 * workspace as changes. HEAD, index and stash are not touched.
 */
public final class ExperimentRunner {
    private final Project project;
    private final RunListener listener;
    private final GitRepository git;
    private final ExperimentRefs refs;
    private final ExecRefs exec;
    private final StopSignal stop = new StopSignal();

    public ExperimentRunner(Project project, RunListener listener) {
        this.project = project;
        this.listener = listener;
        this.git = project.git();
        this.refs = new ExperimentRefs(git);
        this.exec = new ExecRefs(git);
    }

    /**
     * Runs an experiment.
     *
     * @throws ConflictException when the name is taken, or there is nothing to resume; nothing was changed then
     * @throws StageFailedException when a stage fails before the first checkpoint: no experiment is made, the workspace stays as it is
     * @throws InterruptedException when interrupted before the first checkpoint: tracked files are as they were
     */
    public ExperimentResult run(ExperimentRequest request) throws InterruptedException {
        ObjectId head = git.head()
                .orElseThrow(() -> new EngineException(
                        "Empty Git repo. Add a commit to use experiments.",
                        "Run `git add .` and `git commit -m \"first\"`."));
        git.committer();
        Optional<AutoPush> push = AutoPush.of(project, listener);
        if (request.name() != null) {
            ExperimentNames.check(request.name());
        }
        ObjectId resumed = resumed(request.policy().resume());
        ExperimentResult result =
                stop.call(() -> runWhole(request, head, resumed, ref -> push.ifPresent(p -> p.push(ref))));
        if (stop.isRequested() && result.run().interruption() == null) {
            Thread.currentThread().interrupt(); // it came too late for this run
        }
        return result;
    }

    /** The checkpoint to go on from, which comes to the workspace; null when none was asked for. */
    private @Nullable ObjectId resumed(@Nullable String revision) {
        if (revision == null) {
            return null;
        }
        if (!revision.isEmpty()) {
            ApplyResult applied = new ExperimentApplier(project).apply(revision);
            if (applied.hasSavedWork()) {
                listener.message(
                        "What the workspace had is kept: `git stash apply refs/exps/apply/stash` brings it back.");
            }
            return ObjectId.fromString(applied.revision());
        }
        return exec.toResume();
    }

    private ExperimentResult runWhole(
            ExperimentRequest request, ObjectId head, @Nullable ObjectId resumed, Consumer<ExperimentRef> finished)
            throws InterruptedException {
        try (ExperimentLock running = ExperimentLock.acquire(project);
                ProjectLock lock = new ProjectLock(project)) {
            WorkspaceRecovery.recover(project).forEach(listener::message);
            PipelineReader.read(project.workspace());
            ParameterChanges parameters = ParameterChanges.of(project, request.overrides());
            requireFreeName(request, head);
            try (RunJournal journal = RunJournal.begin(project, head, startTree(head))) {
                parameters.write(project);
                return run(request, head, resumed, finished, lock, journal);
            }
        }
    }

    /** The workspace as the user has it, so far as a run may change it. */
    private ObjectId startTree(ObjectId head) {
        Set<String> paths = new LinkedHashSet<>(git.files(head).list());
        exec.applied()
                .filter(git::has)
                .ifPresent(applied -> paths.addAll(git.files(applied).list()));
        return CheckpointRecorder.workspaceTree(project, new WorkspaceTree(git), paths);
    }

    private void requireFreeName(ExperimentRequest request, ObjectId head) {
        if (request.name() != null && !request.force()) {
            ExperimentNames.requireFree(new ExperimentRef(head, request.name()), refs);
        }
    }

    private ExperimentResult run(
            ExperimentRequest request,
            ObjectId head,
            @Nullable ObjectId resumed,
            Consumer<ExperimentRef> finished,
            ProjectLock lock,
            RunJournal journal)
            throws InterruptedException {
        WorkspaceTree tree = new WorkspaceTree(git);
        if (request.reset()) {
            exec.clear();
        }
        ResumePoint start =
                start(request, head, resumed, commit -> CheckpointRecorder.treeAfter(project, tree, commit));
        ExperimentRef ref = start.experiment() != null ? start.experiment() : newRef(request, head);
        if (start.experiment() != null
                && request.name() != null
                && !request.name().equals(ref.name())) {
            listener.warning(
                    "Ignoring option '--name %s' for resumed experiment. Existing experiment name will be preserved instead."
                            .formatted(request.name()));
        }
        Landing landing = new Landing(project) {
            @Override
            void landed(ExperimentRef experiment) {
                finished.accept(experiment);
            }
        };
        return run(request, start, ref, landing, lock, journal);
    }

    private ResumePoint start(
            ExperimentRequest request,
            ObjectId head,
            @Nullable ObjectId resumed,
            Function<ObjectId, ObjectId> treeFor) {
        if (request.reset()) {
            return ResumePoint.fromBaseline(head, true);
        }
        return resumed == null
                ? ResumePoint.find(git, refs, exec, head, treeFor)
                : ResumePoint.asked(git, refs, resumed.name().substring(0, 7), resumed, head, treeFor);
    }

    /**
     * Runs in a project that was made ready for it and is nobody's workspace.
     *
     * @param landing gets what is made, for the project whose cache is used
     */
    ExperimentResult runPrepared(ExperimentRequest request, ResumePoint start, ExperimentRef ref, Landing landing)
            throws InterruptedException {
        return stop.call(() -> {
            try (ExperimentLock running = ExperimentLock.acquire(project);
                    ProjectLock lock = new ProjectLock(project, landing.home());
                    RunJournal journal = RunJournal.begin(
                            project, start.parent(), git.commit(start.parent()).tree())) {
                return run(request, start, ref, landing, lock, journal);
            }
        });
    }

    private ExperimentResult run(
            ExperimentRequest request,
            ResumePoint start,
            ExperimentRef ref,
            Landing landing,
            ProjectLock lock,
            RunJournal journal)
            throws InterruptedException {
        WorkspaceTree tree = new WorkspaceTree(git);
        exec.setHead(start.parent());
        listener.experimentStarted(new RunListener.ExperimentStart(
                ref.name(), start.continuation(), start.from(), start.parent().name()));
        Pipeline pipeline = PipelineReader.read(project.workspace());
        restoreOutputs(request, start, ref, pipeline, lock)
                .forEach(path -> listener.warning(
                        "'%s' was not the version that dvc.lock names; it was taken into the cache before it was replaced."
                                .formatted(path)));
        ObjectId tip = refs.tip(ref).orElse(ObjectId.zeroId());
        CheckpointRecorder recorder = new CheckpointRecorder(project, tree, ref, start.parent(), tip, landing::land);
        journal.running(ref, recorder.tip(), recorder.last());
        return new Run(request, start, ref, pipeline, recorder, landing, lock).execute();
    }

    private List<String> restoreOutputs(
            ExperimentRequest request, ResumePoint start, ExperimentRef ref, Pipeline pipeline, ProjectLock lock) {
        LockedOutputs outputs = new LockedOutputs(project);
        try (ProjectLock.CacheHold hold = lock.holdCache()) {
            boolean goesOn = !request.reset() && !start.parent().equals(ref.baseline());
            if (goesOn) {
                outputs.requireCheckpoints(pipeline);
            }
            return outputs.restore(pipeline, request.reset());
        }
    }

    private ExperimentRef newRef(ExperimentRequest request, ObjectId head) {
        return ExperimentNames.refFor(
                request.name(), true, head, refs, project.environment().random());
    }

    /** One run, from the workspace made ready to the last commit. */
    private final class Run implements RunMode.CheckpointSink {
        private final ExperimentRequest request;
        private final ResumePoint start;
        private final ExperimentRef ref;
        private final Pipeline pipeline;
        private final CheckpointRecorder recorder;
        private final Landing landing;
        private final ProjectLock lock;
        private final List<CheckpointEvent> checkpoints = new ArrayList<>();
        private final Map<String, Boolean> ignored = new HashMap<>();
        private final boolean hasCheckpointStage;
        private final List<Double> watched = new ArrayList<>();
        private boolean mayPack = true;

        Run(
                ExperimentRequest request,
                ResumePoint start,
                ExperimentRef ref,
                Pipeline pipeline,
                CheckpointRecorder recorder,
                Landing landing,
                ProjectLock lock) {
            this.request = request;
            this.start = start;
            this.ref = ref;
            this.pipeline = pipeline;
            this.recorder = recorder;
            this.landing = landing;
            this.lock = lock;
            this.hasCheckpointStage = pipeline.stages().values().stream().anyMatch(Stage::isCheckpoint);
        }

        ExperimentResult execute() throws InterruptedException {
            ObjectId before = recorder.tree(Set.of());
            RunMode mode = new RunMode(environment(), this);
            ReproduceResult result;
            try {
                result = new Reproducer(project, lock, request.reproduce(), mode, listener, stop)
                        .pullingFrom(new RemotePull(project, listener))
                        .runHere();
            } catch (InterruptedException e) {
                ObjectId now = recorder.tree(Set.of());
                new WorkspaceRestorer(git).restore(now, before);
                new LockedOutputs(project).restore(PipelineReader.read(project.workspace()), false);
                throw e;
            } catch (StoreException e) {
                if (!checkpoints.isEmpty()) {
                    exec.setCheckpoint(recorder.last());
                    listener.warning(
                            "Experiment '%s' keeps the checkpoints made before: %d. `exp apply %s` goes back to the last."
                                    .formatted(ref.name(), checkpoints.size(), ref.name()));
                }
                throw e;
            }
            Optional<ObjectId> aside = result.interruption() == null ? Optional.empty() : backToLastCheckpoint(result);
            ObjectId commit;
            try (ProjectLock.CacheHold hold = lock.holdCache()) {
                Set<StageAddress> made = result.outcomes().stream()
                        .filter(StageOutcome::hasRun)
                        .map(StageOutcome::stage)
                        .collect(Collectors.toSet());
                makeSureOfCache(known -> made.contains(known.address()));
                commit = thinned(commitEnd(result));
            }
            recorded();
            Map<String, Object> metrics = WorkspaceMetrics.read(pipeline, project.workspace(), o -> true);
            return new ExperimentResult(
                    ref,
                    commit.name(),
                    start.continuation(),
                    start.from(),
                    result,
                    checkpoints,
                    metrics,
                    aside.map(ObjectId::name).orElse(null));
        }

        private Map<String, String> environment() {
            Map<String, String> environment = new LinkedHashMap<>(request.environment());
            environment.put("DVC_EXP_BASELINE_REV", ref.baseline().name());
            environment.put("DVC_EXP_NAME", ref.name());
            if (start.continuation() == Continuation.RESUMED || start.continuation() == Continuation.FORKED) {
                environment.put("DVCLIVE_RESUME", "1");
            }
            return environment;
        }

        /** What a project beside the one whose cache it is has made is nowhere named before the first commit: it is made sure of. */
        private void makeSureOfCache(Predicate<Stage> made) {
            if (lock.isCacheForeign()) {
                new LockedOutputs(project).storeAgain(PipelineReader.read(project.workspace()), made);
            }
        }

        /** A checkpoint: what changed goes into one commit on the chain. Runs while the stage waits. */
        @Override
        public boolean record(Stage stage, Map<String, LockEntry> executed, Set<String> touched) {
            if (checkpoints.isEmpty()) {
                makeSureOfCache(known -> executed.containsKey(known.address().name()));
            }
            ObjectId commit =
                    recorder.commit(recorder.tree(paths(touched, Set.of(stage))), ExperimentHash.message(executed));
            Map<String, Object> metrics = WorkspaceMetrics.read(
                    pipeline, project.workspace(), o -> stage.outputs().contains(o));
            CheckpointEvent event =
                    new CheckpointEvent(stage.address(), ref.name(), checkpoints.size() + 1, commit.name(), metrics);
            checkpoints.add(event);
            listener.checkpointRecorded(event);
            return goesOn(metrics, commit);
        }

        @Override
        public void recorded() {
            landing.landed(ref);
            packObjects();
        }

        private void packObjects() {
            try {
                if (mayPack) {
                    new LooseObjects(landing.home().git()).packIfMany();
                }
            } catch (StoreException e) {
                mayPack = false;
                listener.warning("Git objects stay unpacked: " + e.getMessage());
            }
        }

        /** Whether the rule that the user gave lets the stage go on; why not is noted at the checkpoint. */
        private boolean goesOn(Map<String, Object> metrics, ObjectId commit) {
            StopRule rule = request.policy().until();
            if (rule == null) {
                return true;
            }
            if (!(metrics.get(rule.metric()) instanceof Number value)) {
                listener.warning("'%s' is not among the metrics of this checkpoint: %s"
                        .formatted(rule.metric(), String.join(", ", metrics.keySet())));
                return true;
            }
            watched.add(value.doubleValue());
            Optional<String> reason = rule.reached(watched);
            reason.ifPresent(why -> {
                new Annotations(landing.home().git())
                        .change(
                                ref,
                                commit,
                                old -> old.with(Stream.concat(old.notes().stream(), Stream.of("stopped: " + why))
                                        .toList()));
                listener.message("Stopping: " + why + ".");
            });
            return reason.isEmpty();
        }

        /** What DVC adds to the commit beside what Git tracks: pipeline files, uncached outputs, dependencies that Git does not ignore. */
        private Set<String> paths(Set<String> touched, Set<Stage> executed) {
            Set<String> paths = new LinkedHashSet<>(touched);
            for (Stage stage : executed) {
                paths.add(stage.address().file());
                stage.outputs().stream().filter(o -> !o.cached()).forEach(o -> paths.add(o.path()));
                stage.dependencies().stream()
                        .filter(d -> pipeline.producerOf(d.path())
                                .filter(s ->
                                        s.output(d.path()).map(Output::cached).orElse(true))
                                .isEmpty())
                        .filter(d -> !ignored.computeIfAbsent(d.path(), path -> git.isIgnored(project.resolve(path))))
                        .forEach(d -> paths.add(d.path()));
            }
            paths.addAll(pipeline.metrics());
            paths.addAll(pipeline.params());
            return paths;
        }

        /** Model and metrics of the last checkpoint belong together; what was written after it is kept in a commit aside. */
        private Optional<ObjectId> backToLastCheckpoint(ReproduceResult result) {
            ObjectId last = recorder.last();
            ObjectId lastTree = git.commit(last).tree();
            ObjectId now = recorder.tree(result.touched());
            Optional<ObjectId> aside = Optional.empty();
            if (!now.equals(lastTree)) {
                aside = Optional.of(recorder.setAside(
                        now, "cairn: workspace of '%s' after its last checkpoint".formatted(ref.name())));
                new WorkspaceRestorer(git).restore(now, lastTree);
            }
            new LockedOutputs(project).restore(PipelineReader.read(project.workspace()), false);
            return aside;
        }

        /** Lets go of the checkpoints that are not to be kept; tells what the last commit is then. */
        private ObjectId thinned(ObjectId commit) {
            KeepPolicy keep = request.policy().keep();
            if (keep == null) {
                return commit;
            }
            CheckpointThinner.Thinned thinned = new CheckpointThinner(landing.home()).thin(ref, keep);
            listener.message(thinned.describe());
            return thinned.tip();
        }

        private ObjectId commitEnd(ReproduceResult result) {
            Map<String, LockEntry> executed = new LinkedHashMap<>();
            Set<Stage> stages = new LinkedHashSet<>();
            for (StageOutcome outcome : result.outcomes()) {
                LockEntry entry = outcome.entry();
                if (outcome.hasRun() && entry != null) {
                    executed.put(outcome.stage().name(), entry);
                    stages.add(pipeline.stage(outcome.stage()));
                }
            }
            String message = request.message() != null ? request.message() : ExperimentHash.message(executed);
            ObjectId commit = recorder.commit(recorder.tree(paths(result.touched(), stages)), message);
            if (hasCheckpointStage) {
                exec.setCheckpoint(commit);
                exec.setApplied(commit);
            }
            return commit;
        }
    }
}

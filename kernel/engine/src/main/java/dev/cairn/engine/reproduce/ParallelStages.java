package dev.cairn.engine.reproduce;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.pipeline.PipelineGraph;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the commands of stages that do not need each other at the same time. Only commands run on threads of their own: what is decided,
 * hashed and written happens on the caller's thread, and is recorded in the plan's order, so that it does not show which stage was
 * quicker. After a failure nothing more begins, and what is running comes to its end and is kept.
 */
final class ParallelStages {
    private static final long PATIENCE_SECONDS = 30;

    private final Steps steps;
    private final ProjectLock lock;
    private final Consumer<String> warnings;
    private final StopSignal stop;
    private final int jobs;
    private final Map<Future<?>, Stage> running = new LinkedHashMap<>();
    private final Map<StageAddress, StageOutcome> outcomes = new LinkedHashMap<>();
    private final Map<StageAddress, RuntimeException> failures = new LinkedHashMap<>();

    /**
     * For one run.
     *
     * @param lock held by the caller; let go while commands are waited for
     * @param warnings told when the lock is waited for
     * @param jobs how many commands run at a time
     */
    ParallelStages(Steps steps, ProjectLock lock, Consumer<String> warnings, StopSignal stop, int jobs) {
        this.steps = steps;
        this.lock = lock;
        this.warnings = warnings;
        this.stop = stop;
        this.jobs = jobs;
    }

    /** What is done for a stage. All but the command is called from one thread. */
    interface Steps {
        /** Does all that comes before the stage's command; an outcome when the command need not run. */
        Optional<StageOutcome> begin(Stage stage) throws InterruptedException;

        /** Runs the stage's command. */
        void command(Stage stage) throws InterruptedException;

        /** Takes over what the command made. */
        StageOutcome finish(Stage stage);

        /** Writes the outcome down; in the plan's order. */
        void record(Stage stage, StageOutcome outcome);
    }

    /**
     * Runs the stages.
     *
     * @throws InterruptedException when a stop was asked for; what was done before is recorded
     */
    void run(List<Stage> plan, PipelineGraph graph) throws InterruptedException {
        Map<StageAddress, Set<StageAddress>> needs = needs(plan, graph);
        List<Stage> waiting = new ArrayList<>(plan);
        List<Stage> unrecorded = new ArrayList<>(plan);
        ExecutorService threads = Executors.newFixedThreadPool(jobs);
        var commands = new ExecutorCompletionService<Stage>(threads);
        try {
            begin(waiting, needs, commands);
            while (!running.isEmpty()) {
                finish(next(commands));
                recordWhatIsNext(unrecorded);
                begin(waiting, needs, commands);
            }
        } finally {
            stop(threads);
            unrecorded.removeIf(stage -> !outcomes.containsKey(stage.address()));
            recordWhatIsNext(unrecorded);
        }
        if (stop.isRequested()) {
            throw new InterruptedException();
        }
        for (Stage stage : plan) {
            RuntimeException failure = failures.get(stage.address());
            if (failure != null) {
                throw failure;
            }
        }
    }

    /** What of the plan each stage comes after, also by way of stages that are not in it. */
    private static Map<StageAddress, Set<StageAddress>> needs(List<Stage> plan, PipelineGraph graph) {
        Set<StageAddress> planned = new LinkedHashSet<>();
        plan.forEach(stage -> planned.add(stage.address()));
        Map<StageAddress, Set<StageAddress>> needs = new LinkedHashMap<>();
        Map<StageAddress, Set<StageAddress>> beyond = new LinkedHashMap<>();
        for (StageAddress stage : planned) {
            Set<StageAddress> found = new LinkedHashSet<>();
            graph.needs(stage).forEach(need -> found.addAll(planned(need, planned, graph, beyond)));
            needs.put(stage, found);
        }
        return needs;
    }

    private static Set<StageAddress> planned(
            StageAddress stage,
            Set<StageAddress> plan,
            PipelineGraph graph,
            Map<StageAddress, Set<StageAddress>> beyond) {
        if (plan.contains(stage)) {
            return Set.of(stage);
        }
        Set<StageAddress> known = beyond.get(stage);
        if (known == null) {
            known = new LinkedHashSet<>();
            for (StageAddress need : graph.needs(stage)) {
                known.addAll(planned(need, plan, graph, beyond));
            }
            beyond.put(stage, known);
        }
        return known;
    }

    /** Begins every stage that is ready, as long as there is a free thread for its command. */
    private void begin(
            List<Stage> waiting, Map<StageAddress, Set<StageAddress>> needs, ExecutorCompletionService<Stage> commands)
            throws InterruptedException {
        for (Stage stage : List.copyOf(waiting)) {
            if (running.size() == jobs || !failures.isEmpty() || stop.isRequested()) {
                return;
            }
            if (outcomes.keySet().containsAll(needs.getOrDefault(stage.address(), Set.of()))) {
                waiting.remove(stage);
                begin(stage, commands);
            }
        }
    }

    private void begin(Stage stage, ExecutorCompletionService<Stage> commands) throws InterruptedException {
        try {
            Optional<StageOutcome> known = steps.begin(stage);
            if (known.isPresent()) {
                outcomes.put(stage.address(), known.get());
                return;
            }
        } catch (EngineException | StoreException e) {
            failures.put(stage.address(), e);
            return;
        }
        Future<?> command = commands.submit(() -> {
            steps.command(stage);
            return stage;
        });
        running.put(command, stage);
    }

    private Future<?> next(ExecutorCompletionService<Stage> commands) throws InterruptedException {
        List<Future<?>> ended = new ArrayList<>();
        lock.whileReleased(() -> ended.add(commands.take()), warnings);
        return ended.get(0);
    }

    private void finish(Future<?> command) throws InterruptedException {
        Stage stage = running.remove(command);
        try {
            command.get();
            outcomes.put(stage.address(), steps.finish(stage));
        } catch (EngineException | StoreException e) {
            failures.put(stage.address(), e);
        } catch (ExecutionException e) {
            failed(stage, e.getCause());
        }
    }

    private void failed(Stage stage, @Nullable Throwable cause) {
        if (cause instanceof RuntimeException failure) {
            failures.put(stage.address(), failure);
        } else if (!(cause instanceof InterruptedException)) {
            throw new IllegalStateException("the command of '%s' threw %s".formatted(stage.address(), cause), cause);
        }
    }

    private void recordWhatIsNext(List<Stage> unrecorded) {
        while (!unrecorded.isEmpty()) {
            StageOutcome outcome = outcomes.get(unrecorded.get(0).address());
            if (outcome == null) {
                return;
            }
            steps.record(unrecorded.remove(0), outcome);
        }
    }

    /** No command outlives the run, whatever ended it. */
    private void stop(ExecutorService threads) throws InterruptedException {
        if (!running.isEmpty()) {
            stop.request();
        }
        threads.shutdown();
        threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}

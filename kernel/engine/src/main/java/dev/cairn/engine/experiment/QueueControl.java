package dev.cairn.engine.experiment;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.experiment.ExperimentQueueReader.Entry;
import dev.cairn.engine.experiment.ExperimentQueueReader.Task;
import dev.cairn.engine.experiment.ExperimentStasher.Stashed;
import dev.cairn.engine.experiment.QueueRunner.QueueFiles;
import dev.cairn.engine.project.Project;
import dev.cairn.store.file.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** The queue of experiments as the user handles it: add, list, remove, read logs, stop. Who works on it does not matter, DVC or Cairn. */
public final class QueueControl {
    private final Project project;
    private final ExperimentQueue queue;
    private final ExperimentQueueReader reader;

    public QueueControl(Project project) {
        this.project = project;
        this.queue = new ExperimentQueue(project);
        this.reader = queue.reader();
    }

    /**
     * An experiment that was queued.
     *
     * @param task hash of the commit that it waits in
     * @param start how it goes on: what DVC says when it is not new
     */
    public record Queued(String name, String task, dev.cairn.engine.reproduce.RunListener.ExperimentStart start) {}

    /** How far an experiment of the queue is. */
    public enum State {
        RUNNING,
        QUEUED,
        FAILED,
        SUCCESS
    }

    /**
     * An experiment of the queue.
     *
     * @param task hash of the commit that was queued
     * @param created when it was queued; null when that commit is gone
     */
    public record Item(String task, String name, @Nullable Instant created, State state) {}

    /**
     * Queues an experiment with the workspace's tracked files as they are now.
     *
     * @param revision the commit to go on from; null to start from HEAD
     * @param copyPaths files and directories to take along though Git does not track them, as typed
     * @throws dev.cairn.engine.error.ConflictException when the name is taken
     */
    public Queued add(ExperimentRequest request, @Nullable String revision, List<String> copyPaths) {
        project.git().committer();
        Set<String> taken = new HashSet<>();
        reader.queued().forEach(entry -> taken.add(entry.shownName()));
        ExperimentRequest asked = revision == null ? request.withReset() : request;
        Stashed stashed = new ExperimentStasher(project).stash(asked, revision, taken::contains);
        queue.add(stashed.entry(), copyPaths.stream().map(project::relativize).toList(), request.message());
        ResumePoint start = stashed.start();
        return new Queued(
                stashed.ref().name(),
                stashed.entry().stash().name(),
                new dev.cairn.engine.reproduce.RunListener.ExperimentStart(
                        stashed.ref().name(),
                        start.continuation(),
                        start.from(),
                        start.parent().name()));
    }

    /** Everything in the queue: what runs, waits, failed, went well. */
    public List<Item> items() {
        QueueFiles.recover(project, queue);
        List<Item> items = new ArrayList<>();
        running().forEach(entry -> items.add(item(entry, State.RUNNING)));
        reader.waiting().forEach(task -> items.add(item(task.entry(), State.QUEUED)));
        Set<ObjectId> failed = new LinkedHashSet<>();
        reader.failed().forEach(entry -> {
            failed.add(entry.stash());
            items.add(item(entry, State.FAILED));
        });
        reader.succeeded().stream()
                .filter(entry -> !failed.contains(entry.stash()))
                .forEach(entry -> items.add(item(entry, State.SUCCESS)));
        return items;
    }

    private List<Entry> running() {
        return reader.processed().stream()
                .filter(task -> !reader.isDone(task))
                .map(Task::entry)
                .toList();
    }

    private Item item(Entry entry, State state) {
        Instant created = project.git().has(entry.stash())
                ? project.git().commit(entry.stash()).time()
                : null;
        return new Item(entry.stash().name(), entry.name() == null ? "" : entry.name(), created, state);
    }

    /**
     * Removes experiments that do not run.
     *
     * @param names or beginnings of the tasks' hashes
     * @throws UnknownNameException when there is none of one of the names; nothing was removed then
     */
    public List<String> remove(List<String> names) {
        List<ObjectId> found = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String name : names) {
            List<ObjectId> matching = items().stream()
                    .filter(item -> item.state() != State.RUNNING && isNamed(item, name))
                    .map(item -> ObjectId.fromString(item.task()))
                    .toList();
            found.addAll(matching);
            if (matching.isEmpty()) {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            throw ExperimentSelector.unknown(
                    unknown, items().stream().map(Item::name).toList());
        }
        queue.remove(found);
        return names;
    }

    /** Removes all experiments of the states, and tells their names. */
    public List<String> removeAll(Set<State> states) {
        List<Item> items =
                items().stream().filter(item -> states.contains(item.state())).toList();
        queue.remove(
                items.stream().map(item -> ObjectId.fromString(item.task())).toList());
        return items.stream().map(QueueControl::shownName).toList();
    }

    private static String shownName(Item item) {
        return item.name().isEmpty() ? item.task().substring(0, 7) : item.name();
    }

    private static boolean isNamed(Item item, String name) {
        return name.equals(item.name()) || name.length() >= 4 && item.task().startsWith(name);
    }

    /**
     * The file that the output of a running or finished experiment goes to.
     *
     * @throws EngineException when there is none
     */
    public Path log(String name) {
        Item item = items().stream()
                .filter(i -> isNamed(i, name))
                .reduce((first, second) -> second.state() == State.RUNNING ? second : first)
                .orElseThrow(() -> new UnknownNameException(
                        "'%s' is not a valid queued experiment name".formatted(name),
                        "`queue status` shows the experiments there are."));
        if (item.state() == State.QUEUED) {
            throw new EngineException(
                    "Experiment '%s' is in queue but has not been started".formatted(name), "`queue start` starts it.");
        }
        Path log = new QueueFiles(project, ObjectId.fromString(item.task())).log();
        if (!Files.exists(log)) {
            throw new EngineException("No output logs found for experiment '%s'".formatted(name), "");
        }
        return log;
    }

    public boolean isRunning(String name) {
        return running().stream().anyMatch(entry -> entry.isNamed(name));
    }

    /**
     * Asks running experiments to end. Their checkpoints are kept.
     *
     * @throws UnknownNameException when one of the names is of none that runs; the others are asked all the same
     */
    public List<String> kill(List<String> names) {
        List<Entry> running = running();
        List<String> killed = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String name : names) {
            Optional<Entry> entry =
                    running.stream().filter(e -> e.isNamed(name)).findFirst();
            entry.ifPresentOrElse(
                    e -> {
                        kill(e);
                        killed.add(name);
                    },
                    () -> unknown.add(name));
        }
        if (!unknown.isEmpty()) {
            String list = String.join(
                    ", ", unknown.stream().map(name -> "'" + name + "'").toList());
            throw new UnknownNameException(
                    list
                            + (unknown.size() == 1
                                    ? " is not a valid running experiment name"
                                    : " are not valid running experiment names"),
                    "`queue status` shows what runs.");
        }
        return killed;
    }

    /** Asks every running experiment to end. */
    public void killAll() {
        running().forEach(this::kill);
    }

    private void kill(Entry entry) {
        QueueFiles files = new QueueFiles(project, entry.stash());
        if (files.owner().isPresent()) {
            files.requestStop();
            return;
        }
        Optional<Long> pid = reader.process(entry).map(ExperimentRange.Local::pid);
        if (pid.isPresent()) {
            try {
                new ProcessBuilder("kill", "-INT", String.valueOf(pid.get()))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot run kill", e);
            }
        }
    }

    // ---- workers

    private Path workers() {
        return project.temporaryDirectory().resolve("exps/workers");
    }

    /** Notes that this process works on the queue, until it is closed. */
    public Worker work() {
        Path file = workers().resolve(String.valueOf(ProcessHandle.current().pid()));
        AtomicFiles.write(file, new byte[0]);
        return new Worker(file);
    }

    /** A process that works on the queue. */
    public static final class Worker implements AutoCloseable {
        private final Path file;

        Worker(Path file) {
            this.file = file;
        }

        /** Whether it was asked to stop after its present task. */
        public boolean isStopRequested() {
            return !Files.exists(file);
        }

        @Override
        public void close() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete " + file, e);
            }
        }
    }

    /** How many processes work on the queue now. */
    public int workerCount() {
        return liveWorkers().size();
    }

    /** Asks all workers to stop when their present tasks are done. */
    public void stopWorkers() {
        liveWorkers().forEach(file -> new Worker(file).close());
    }

    private List<Path> liveWorkers() {
        if (!Files.isDirectory(workers())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(workers())) {
            List<Path> live = new ArrayList<>();
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!name.matches("\\d+")) {
                    continue;
                }
                if (ProcessHandle.of(Long.parseLong(name)).isPresent()) {
                    live.add(file);
                } else {
                    Files.deleteIfExists(file);
                }
            }
            return live;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + workers(), e);
        }
    }
}

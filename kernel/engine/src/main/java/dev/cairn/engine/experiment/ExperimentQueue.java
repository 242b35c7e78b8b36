package dev.cairn.engine.experiment;

import dev.cairn.engine.experiment.ExperimentQueueReader.Entry;
import dev.cairn.engine.experiment.ExperimentQueueReader.Task;
import dev.cairn.engine.project.Project;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.git.StashList;
import dev.cairn.store.json.PythonJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The queue of experiments, kept where DVC keeps its own, so that either program sees and runs what the other queued: commits in the log
 * of {@code refs/exps/celery/stash}, and a message for each in {@code exps/celery/broker/in} of the project's temporary directory. A worker owns
 * a message once it has moved it to {@code processed}, which only one can.
 */
final class ExperimentQueue {
    static final String STASH = "refs/exps/celery/stash";
    static final String FAILED = "refs/exps/celery/failed";

    private static final String TASK = "dvc.repo.experiments.queue.tasks.run_exp";

    private final Project project;
    private final Path experiments;
    private final StashList stash;
    private final StashList failed;
    private final ExperimentQueueReader reader;

    ExperimentQueue(Project project) {
        this.project = project;
        this.experiments = project.temporaryDirectory().resolve("exps");
        this.stash = new StashList(project.git(), STASH);
        this.failed = new StashList(project.git(), FAILED);
        this.reader =
                new ExperimentQueueReader(project.git(), project.temporaryDirectory(), pid -> ProcessHandle.of(pid)
                        .isPresent());
    }

    ExperimentQueueReader reader() {
        return reader;
    }

    /** Adds an experiment. */
    void add(Entry entry, List<String> copyPaths, @Nullable String message) {
        stash.push(entry.stash(), "commit: " + stashMessage(entry));
        Path in = experiments.resolve("celery/broker/in");
        String file = "%d_%s.celery.msg".formatted(System.nanoTime() / 1_000_000, UUID.randomUUID());
        AtomicFiles.write(in.resolve(file), message(entry, copyPaths, message).getBytes(StandardCharsets.UTF_8));
        List.of("processed", "control").forEach(name -> makeDirectories(experiments.resolve("celery/broker/" + name)));
        makeDirectories(experiments.resolve("celery/result"));
    }

    /** The message of the commit that an experiment waits in. */
    static String stashMessage(Entry entry) {
        String message = "dvc-exp:%s:%s:%s"
                .formatted(entry.head().name(), entry.baseline().name(), entry.name() == null ? "" : entry.name());
        return entry.branch() == null ? message : message + ":" + entry.branch();
    }

    private String message(Entry entry, List<String> copyPaths, @Nullable String message) {
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        arguments.put("dvc_root", project.root().toString());
        arguments.put("scm_root", project.git().workTree().toString());
        arguments.put("stash_ref", STASH);
        arguments.put("stash_rev", entry.stash().name());
        arguments.put("baseline_rev", entry.baseline().name());
        arguments.put("branch", entry.branch());
        arguments.put("name", entry.name());
        arguments.put("head_rev", entry.head().name());
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        options.put("copy_paths", copyPaths);
        options.put("message", message);
        Map<String, @Nullable Object> callbacks =
                map("callbacks", null, "errbacks", null, "chain", null, "chord", null);
        String body = PythonJson.dumps(List.of(List.of(arguments), options, callbacks));
        String id = UUID.randomUUID().toString();
        Map<String, @Nullable Object> headers = map(
                "lang",
                "py",
                "task",
                TASK,
                "id",
                id,
                "shadow",
                null,
                "eta",
                null,
                "expires",
                null,
                "group",
                null,
                "group_index",
                null,
                "retries",
                0,
                "timelimit",
                Arrays.asList(null, null),
                "root_id",
                id,
                "parent_id",
                null,
                "argsrepr",
                "",
                "kwargsrepr",
                "",
                "origin",
                "cairn",
                "ignore_result",
                false,
                "stamped_headers",
                null,
                "stamps",
                Map.of());
        Map<String, @Nullable Object> properties = map(
                "correlation_id",
                id,
                "reply_to",
                UUID.randomUUID().toString(),
                "delivery_mode",
                2,
                "delivery_info",
                map("exchange", "", "routing_key", "celery"),
                "priority",
                0,
                "body_encoding",
                "base64",
                "delivery_tag",
                UUID.randomUUID().toString());
        Map<String, @Nullable Object> whole = map(
                "body",
                Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)),
                "content-encoding",
                "utf-8",
                "content-type",
                "application/json",
                "headers",
                headers,
                "properties",
                properties);
        return PythonJson.dumps(whole);
    }

    private static Map<String, @Nullable Object> map(@Nullable Object... keysAndValues) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return map;
    }

    /**
     * Takes the next waiting experiment, which no other worker gets then. Empty when nothing waits.
     *
     * @param claim notes who is about to have it; false when somebody else is
     */
    Optional<Task> take(Predicate<ObjectId> claim, Consumer<ObjectId> unclaim) {
        for (Task task : reader.waiting()) {
            if (!claim.test(task.entry().stash())) {
                continue;
            }
            Path processed = experiments
                    .resolve("celery/broker/processed")
                    .resolve(task.file().getFileName());
            try {
                Files.move(task.file(), processed, StandardCopyOption.ATOMIC_MOVE);
            } catch (NoSuchFileException e) {
                unclaim.accept(task.entry().stash()); // another worker was faster
                continue;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot move " + task.file(), e);
            }
            return Optional.of(new Task(task.id(), task.entry(), processed, task.copyPaths(), task.message()));
        }
        return Optional.empty();
    }

    /** Takes the experiment out of the waiting ones; its worker does that when it has what it needs. */
    void started(Task task) {
        stash.drop(Set.of(task.entry().stash()));
    }

    /** Lets a task wait again whose worker was killed. */
    void putBack(Task task) {
        boolean isStashed = stash.entries().stream()
                .anyMatch(line -> line.id().equals(task.entry().stash()));
        if (!isStashed) {
            stash.push(task.entry().stash(), "commit: " + stashMessage(task.entry()));
        }
        Path in = experiments.resolve("celery/broker/in").resolve(task.file().getFileName());
        try {
            Files.move(task.file(), in, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            // Another process put it back.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot move " + task.file(), e);
        }
    }

    /** Notes that a worker is done with a task. */
    void finished(Task task, boolean isFailed) {
        if (isFailed) {
            failed.push(task.entry().stash(), "commit: " + stashMessage(task.entry()));
        }
        Map<String, @Nullable Object> result = map(
                "status",
                "SUCCESS",
                "result",
                null,
                "traceback",
                null,
                "children",
                List.of(),
                "date_done",
                DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                        LocalDateTime.ofInstant(project.environment().clock().instant(), ZoneOffset.UTC)),
                "task_id",
                task.id());
        AtomicFiles.write(
                experiments.resolve("celery/result/celery-task-meta-" + task.id()),
                PythonJson.dumps(result).getBytes(StandardCharsets.UTF_8));
    }

    /** Removes waiting and finished experiments; returns the commits of those that there were. */
    Set<ObjectId> remove(Collection<ObjectId> commits) {
        Set<ObjectId> wanted = Set.copyOf(commits);
        Set<ObjectId> removed = new LinkedHashSet<>();
        for (Task task : reader.waiting()) {
            if (wanted.contains(task.entry().stash()) && delete(task.file())) {
                removed.add(task.entry().stash());
            }
        }
        for (Task task : reader.processed()) {
            if (wanted.contains(task.entry().stash()) && reader.isDone(task)) {
                delete(experiments.resolve("celery/result/celery-task-meta-" + task.id()));
                delete(task.file());
                removed.add(task.entry().stash());
            }
        }
        removed.addAll(stash.drop(wanted));
        removed.addAll(failed.drop(wanted));
        return removed;
    }

    /** Removes messages of workers that ended, and what finished tasks left; returns how many files that were. */
    int clean() {
        int count = 0;
        Set<String> inUse = reader.processed().stream()
                .map(task -> task.file().getFileName().toString())
                .collect(Collectors.toSet());
        for (String place : List.of("celery/broker/in", "celery/broker/processed")) {
            for (Path file : files(experiments.resolve(place))) {
                String name = file.getFileName().toString();
                boolean isTask = name.endsWith(".celery.msg") && (place.endsWith("in") || inUse.contains(name));
                if (!isTask && delete(file)) {
                    count++;
                }
            }
        }
        return count;
    }

    private static List<Path> files(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    private static boolean delete(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    private static void makeDirectories(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + directory, e);
        }
    }
}

package dev.cairn.engine.experiment;

import dev.cairn.store.git.GitRepository;
import dev.cairn.store.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Reads what DVC's queue and running experiments leave on disk: the reflogs of the stashes, the messages of its task queue, and the
 * information files under {@code exps/run} of the project's temporary directory. Reads only.
 */
final class ExperimentQueueReader {
    private static final Pattern ENTRY =
            Pattern.compile("commit: dvc-exp:([0-9a-f]{40}):([0-9a-f]{40}):([^~^:\\\\?\\[\\]*]*)(?::(.+?))?\\s*");

    private final GitRepository git;
    private final Path experiments;
    private final LongPredicate isAlive;

    /**
     * @param temporary the project's {@code .dvc/tmp}
     * @param isAlive whether there is a process of that id
     */
    ExperimentQueueReader(GitRepository git, Path temporary, LongPredicate isAlive) {
        this.git = git;
        this.experiments = temporary.resolve("exps");
        this.isAlive = isAlive;
    }

    /** @param name null when it was queued without one */
    record Entry(ObjectId stash, ObjectId head, ObjectId baseline, @Nullable String name, @Nullable String branch) {
        boolean isNamed(String text) {
            return text.equals(name) || text.length() >= 4 && stash.name().startsWith(text);
        }

        String shownName() {
            return name == null ? stash.name().substring(0, 7) : name;
        }
    }

    /** A run that is going on in the workspace. */
    record WorkspaceRun(ObjectId baseline, @Nullable String name, String root, long pid) {}

    /** Waiting experiments, newest first. One that a worker took is no longer waiting. */
    List<Entry> queued() {
        Map<ObjectId, Task> taken = taken();
        return reflog("refs/exps/celery/stash").stream()
                .filter(e -> !taken.containsKey(e.stash()))
                .toList();
    }

    /** Experiments that a worker took and has not finished. */
    List<Entry> running() {
        return taken().values().stream()
                .filter(task -> !isDone(task))
                .map(Task::entry)
                .filter(entry -> process(entry)
                        .map(ExperimentRange.Local::pid)
                        .filter(isAlive::test)
                        .isPresent())
                .toList();
    }

    List<Entry> failed() {
        return reflog("refs/exps/celery/failed");
    }

    /** What is known of the process of a queued, running or failed experiment. */
    Optional<ExperimentRange.Local> process(Entry entry) {
        String task = entry.stash().name();
        return json(experiments.resolve("run").resolve(task).resolve(task + ".json"))
                .map(process -> new ExperimentRange.Local(
                        root(entry).orElse(null),
                        process.get("stdout") instanceof String log ? log : null,
                        process.get("pid") instanceof Number pid ? pid.longValue() : null,
                        process.get("returncode") instanceof Number code ? code.longValue() : null,
                        task));
    }

    /** Where an experiment runs that is not in the workspace: {@code dvc-task} or {@code tempdir}. */
    Optional<String> location(Entry entry) {
        return info(entry.stash().name())
                .map(info -> info.get("location") instanceof String location ? location : "dvc-task");
    }

    private Optional<String> root(Entry entry) {
        return info(entry.stash().name())
                .flatMap(info ->
                        info.get("root_dir") instanceof String root ? Optional.of(root) : Optional.<String>empty());
    }

    Optional<WorkspaceRun> workspaceRun() {
        Optional<Long> pid = json(experiments.resolve("run/workspace/workspace.json"))
                .flatMap(p -> p.get("pid") instanceof Number n ? Optional.of(n.longValue()) : Optional.<Long>empty())
                .filter(isAlive::test);
        if (pid.isEmpty()) {
            return Optional.empty();
        }
        return info("workspace")
                .filter(info -> info.get("status") instanceof Number status && status.longValue() < 3)
                .flatMap(info -> info.get("baseline_rev") instanceof String baseline && ObjectId.isId(baseline)
                        ? Optional.of(new WorkspaceRun(
                                ObjectId.fromString(baseline),
                                info.get("name") instanceof String name ? name : null,
                                info.get("root_dir") instanceof String root ? root : "",
                                pid.get()))
                        : Optional.<WorkspaceRun>empty());
    }

    private Optional<Map<?, ?>> info(String name) {
        return json(experiments.resolve("run").resolve(name).resolve(name + ".run"));
    }

    /** The queue: as with Git's stash, the log of a ref is the list. Newest first. */
    private List<Entry> reflog(String ref) {
        return git.reflog(ref).stream()
                .flatMap(line -> {
                    Matcher message = ENTRY.matcher(line.message());
                    return message.matches()
                            ? Stream.of(new Entry(
                                    line.id(),
                                    ObjectId.fromString(message.group(1)),
                                    ObjectId.fromString(message.group(2)),
                                    message.group(3).isEmpty() ? null : message.group(3),
                                    message.group(4)))
                            : Stream.empty();
                })
                .toList();
    }

    /**
     * A message of the task queue.
     *
     * @param file where it is now
     * @param copyPaths what to copy into the work tree beside tracked files
     * @param message of the experiment's last commit; null for DVC's
     */
    record Task(String id, Entry entry, Path file, List<String> copyPaths, @Nullable String message) {}

    /** The messages that wait, in the order in which they were queued. */
    List<Task> waiting() {
        return tasks("celery/broker/in");
    }

    /** The messages that a worker took, in the order in which they were queued. */
    List<Task> processed() {
        return tasks("celery/broker/processed");
    }

    /** Whether a worker is done with the task, well or not. */
    boolean isDone(Task task) {
        return Files.exists(experiments.resolve("celery/result/celery-task-meta-" + task.id()));
    }

    /** Experiments that a worker brought to a good end. */
    List<Entry> succeeded() {
        return processed().stream()
                .filter(this::isDone)
                .map(Task::entry)
                .filter(entry -> info(entry.stash().name())
                        .map(info -> info.get("result_hash") instanceof String hash && !hash.isEmpty())
                        .orElse(false))
                .toList();
    }

    private Map<ObjectId, Task> taken() {
        Map<ObjectId, Task> tasks = new java.util.LinkedHashMap<>();
        processed().forEach(task -> tasks.put(task.entry().stash(), task));
        return tasks;
    }

    private List<Task> tasks(String place) {
        Path directory = experiments.resolve(place);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".celery.msg"))
                    .sorted(java.util.Comparator.comparing(ExperimentQueueReader::order))
                    .flatMap(file -> json(file).flatMap(message -> task(file, message)).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + directory, e);
        }
    }

    /** Names begin with the milliseconds since the machine started. */
    private static String order(Path file) {
        String name = file.getFileName().toString();
        int end = name.indexOf('_');
        return "0".repeat(Math.max(0, 20 - Math.max(0, end))) + name;
    }

    private static Optional<Task> task(Path file, Map<?, ?> message) {
        if (message.get("headers") instanceof Map<?, ?> headers
                && headers.get("id") instanceof String id
                && message.get("body") instanceof String base64
                && decode(base64) instanceof List<?> body
                && !body.isEmpty()
                && body.get(0) instanceof List<?> arguments
                && !arguments.isEmpty()
                && arguments.get(0) instanceof Map<?, ?> entry
                && entry.get("stash_rev") instanceof String stash
                && ObjectId.isId(stash)
                && entry.get("baseline_rev") instanceof String baseline
                && ObjectId.isId(baseline)) {
            Entry found = new Entry(
                    ObjectId.fromString(stash),
                    entry.get("head_rev") instanceof String head && ObjectId.isId(head)
                            ? ObjectId.fromString(head)
                            : ObjectId.fromString(baseline),
                    ObjectId.fromString(baseline),
                    entry.get("name") instanceof String name ? name : null,
                    entry.get("branch") instanceof String branch ? branch : null);
            Map<?, ?> options = body.size() > 1 && body.get(1) instanceof Map<?, ?> map ? map : Map.of();
            List<String> copies = options.get("copy_paths") instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of();
            return Optional.of(
                    new Task(id, found, file, copies, options.get("message") instanceof String text ? text : null));
        }
        return Optional.empty();
    }

    private static @Nullable Object decode(String base64) {
        try {
            return parse(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            // Not one of the messages that DVC puts there.
            return null;
        }
    }

    private static Optional<Map<?, ?>> json(Path file) {
        return read(file)
                .flatMap(text -> parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) instanceof Map<?, ?> map
                        ? Optional.of(map)
                        : Optional.<Map<?, ?>>empty());
    }

    /** Null for what is not JSON: DVC writes these files in place, so one may be half there. */
    private static @Nullable Object parse(byte[] text) {
        try {
            return JsonReader.parse(text);
        } catch (JsonReader.JsonSyntaxException e) {
            return null;
        }
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}

package dev.cairn.engine.experiment;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.experiment.ExperimentQueueReader.Entry;
import dev.cairn.engine.experiment.ExperimentQueueReader.Task;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.reproduce.RunListener;
import dev.cairn.store.StoreException;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.json.PythonJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Takes experiments from the queue, one after the other, and runs each in a directory of its own. Several may work at once. */
public final class QueueRunner {
    private static final long LOOK_MILLIS = 200;
    private static final int RUNNING = 2;
    private static final int FAILED = 4;
    private static final int FINISHED = 6;

    private final Project project;
    private final ExperimentQueue queue;
    private final Map<String, String> environment;
    private final Function<OutputStream, RunListener> listeners;

    /**
     * For one worker.
     *
     * @param environment added to that of every stage's command
     * @param listeners makes the listener of a task that writes what happens to the task's log
     */
    public QueueRunner(
            Project project, Map<String, String> environment, Function<OutputStream, RunListener> listeners) {
        this.project = project;
        this.queue = new ExperimentQueue(project);
        this.environment = Map.copyOf(environment);
        this.listeners = listeners;
    }

    /**
     * A task that a worker is done with.
     *
     * @param problem why it failed; null when it went well
     */
    public record Done(String name, String task, @Nullable String problem) {}

    /**
     * Runs the next experiment that waits.
     *
     * @return empty when none waits
     * @throws InterruptedException when the thread was interrupted; the task has ended by then
     */
    public Optional<Done> runNext() throws InterruptedException {
        QueueFiles.recover(project, queue);
        Optional<Task> task = queue.take(
                stash -> new QueueFiles(project, stash).claim(), stash -> new QueueFiles(project, stash).unclaim());
        if (task.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(run(task.get()));
    }

    private Done run(Task task) throws InterruptedException {
        Entry entry = task.entry();
        String name = entry.shownName();
        ExperimentRef ref = new ExperimentRef(entry.baseline(), name);
        QueueFiles files = new QueueFiles(project, entry.stash());
        files.begin();
        String problem = null;
        int code = 0;
        try (OutputStream log = files.openLog()) {
            RunListener listener = listeners.apply(log);
            try {
                run(task, ref, files, listener);
            } catch (EngineException | StoreException | Pickle.PickleException e) {
                problem = String.valueOf(e.getMessage());
                code = 1;
                log.write(("ERROR: " + problem + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the log of '" + name + "'", e);
        } catch (InterruptedException e) {
            end(task, files, ref, "interrupted", 1);
            throw e;
        }
        end(task, files, ref, problem, code);
        return new Done(name, entry.stash().name(), problem);
    }

    private void end(Task task, QueueFiles files, ExperimentRef ref, @Nullable String problem, int code) {
        files.info(ref, "", problem == null ? FINISHED : FAILED, problem == null ? hash(ref) : null);
        queue.finished(task, problem != null);
        files.ended(code);
    }

    private @Nullable String hash(ExperimentRef ref) {
        return new ExperimentRefs(project.git())
                .tip(ref)
                .map(tip -> project.git().commit(tip).message().strip())
                .map(message -> message.substring(message.lastIndexOf(' ') + 1))
                .orElse(null);
    }

    private void run(Task task, ExperimentRef ref, QueueFiles files, RunListener listener) throws InterruptedException {
        Entry entry = task.entry();
        TemporaryRunner.Job job = new TemporaryRunner.Job(
                entry,
                TemporaryRunner.startOf(entry, ref),
                ref,
                task.copyPaths(),
                task.message(),
                isForced(entry),
                environment);
        Thread worker = Thread.currentThread();
        AtomicBoolean isStopped = new AtomicBoolean();
        AtomicBoolean isOver = new AtomicBoolean();
        Thread watch = new Thread(() -> watch(files, worker, isStopped, isOver), "stop " + ref.name());
        watch.setDaemon(true);
        watch.start();
        try {
            new TemporaryRunner(project, listener).run(job, TemporaryRunner.QUEUED, directory -> {
                queue.started(task);
                files.info(ref, directory.toString(), RUNNING, null);
            });
        } catch (InterruptedException e) {
            if (!isStopped.get()) {
                throw e;
            }
            throw new EngineException("the run was stopped before its first checkpoint", "", e);
        } finally {
            isOver.set(true);
            if (isStopped.get()) {
                Thread.interrupted(); // it was meant for this run only
            }
        }
    }

    /** An experiment that was queued with {@code --force} replaces one of its name. */
    private boolean isForced(Entry entry) {
        return project.git()
                .files(entry.stash())
                .read(project.gitPrefix() + PackedArguments.FILE)
                .map(PackedArguments::read)
                .filter(arguments -> arguments.flags().contains(dev.cairn.engine.reproduce.ReproduceRequest.Flag.FORCE))
                .isPresent();
    }

    private static void watch(QueueFiles files, Thread worker, AtomicBoolean isStopped, AtomicBoolean isOver) {
        try {
            while (!isOver.get()) {
                if (files.isStopRequested()) {
                    isStopped.set(true);
                    worker.interrupt();
                    return;
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The files about one task below {@code exps/run} of the project's temporary directory, in DVC's form. */
    static final class QueueFiles {
        private final Project project;
        private final ObjectId stash;
        private final Path directory;

        QueueFiles(Project project, ObjectId stash) {
            this.project = project;
            this.stash = stash;
            this.directory = project.temporaryDirectory().resolve("exps/run").resolve(stash.name());
        }

        private Path file(String extension) {
            return directory.resolve(stash.name() + extension);
        }

        /** Says that this process has the task; from now on it can be recovered. */
        void begin() {
            long pid = ProcessHandle.current().pid();
            delete(".stop");
            process(pid, null);
            write(".pid", String.valueOf(pid));
        }

        /** Notes that this process is about to take the task; false when another of ours does. */
        boolean claim() {
            Path mine = AtomicFiles.beside(file(".cairn"));
            try {
                Files.createDirectories(directory);
                Files.writeString(mine, String.valueOf(ProcessHandle.current().pid()));
                try {
                    // Unlike a move it fails when there is one, and unlike a new file it is never seen empty.
                    Files.createLink(file(".cairn"), mine);
                } finally {
                    Files.deleteIfExists(mine);
                }
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + file(".cairn"), e);
            }
        }

        void unclaim() {
            delete(".cairn");
        }

        void ended(int code) {
            process(ProcessHandle.current().pid(), code);
            delete(".stop");
            delete(".cairn");
        }

        private void process(long pid, @Nullable Integer code) {
            Map<String, @Nullable Object> process = new LinkedHashMap<>();
            process.put("pid", pid);
            process.put("stdin", null);
            process.put("stdout", log().toString());
            process.put("stderr", null);
            process.put("returncode", code);
            write(".json", PythonJson.dumps(process));
        }

        void info(ExperimentRef ref, String root, int status, @Nullable String hash) {
            Map<String, @Nullable Object> info = new LinkedHashMap<>();
            info.put("git_url", "file://" + root);
            info.put("baseline_rev", ref.baseline().name());
            info.put("location", "dvc-task");
            info.put("root_dir", root);
            info.put("dvc_dir", project.gitPrefix() + ".dvc");
            info.put("name", ref.name());
            info.put("wdir", ".");
            info.put("result_hash", hash);
            info.put("result_ref", hash == null ? null : ref.refName());
            info.put("result_force", false);
            info.put("status", status);
            write(".run", PythonJson.dumps(info));
        }

        Path log() {
            return file(".out");
        }

        OutputStream openLog() throws IOException {
            Files.createDirectories(directory);
            return Files.newOutputStream(log());
        }

        boolean isStopRequested() {
            return Files.exists(file(".stop"));
        }

        void requestStop() {
            write(".stop", "");
        }

        /** The process that has the task, when it is one of ours. */
        Optional<Long> owner() {
            try {
                String pid = Files.readString(file(".cairn")).strip();
                return Optional.of(Long.valueOf(pid));
            } catch (java.nio.file.NoSuchFileException e) {
                return Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file(".cairn"), e);
            }
        }

        private void write(String extension, String text) {
            AtomicFiles.write(file(extension), text.getBytes(StandardCharsets.UTF_8));
        }

        private void delete(String extension) {
            try {
                Files.deleteIfExists(file(extension));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete " + file(extension), e);
            }
        }

        /**
         * Looks after tasks whose worker was killed: one that has made commits is done, as an interrupted run is; another one waits again.
         */
        static void recover(Project project, ExperimentQueue queue) {
            TemporaryRunner.removeAbandoned(project);
            new HalfWrittenFiles(project).removeFromQueue();
            for (Task task : queue.reader().waiting()) {
                QueueFiles files = new QueueFiles(project, task.entry().stash());
                if (files.owner().filter(pid -> ProcessHandle.of(pid).isEmpty()).isPresent()) {
                    files.unclaim();
                }
            }
            for (Task task : queue.reader().processed()) {
                QueueFiles files = new QueueFiles(project, task.entry().stash());
                boolean isOrphan = !queue.reader().isDone(task)
                        && files.owner()
                                .filter(pid -> ProcessHandle.of(pid).isEmpty())
                                .isPresent();
                if (isOrphan) {
                    files.delete(".cairn");
                    recover(project, queue, task, files);
                }
            }
        }

        private static void recover(Project project, ExperimentQueue queue, Task task, QueueFiles files) {
            ExperimentRef ref =
                    new ExperimentRef(task.entry().baseline(), task.entry().shownName());
            boolean hasCommits = new ExperimentRefs(project.git())
                    .tip(ref)
                    .filter(tip -> !tip.equals(task.entry().head()))
                    .isPresent();
            if (hasCommits) {
                files.info(ref, "", FINISHED, "interrupted");
                queue.finished(task, false);
            } else {
                queue.putBack(task);
            }
        }
    }
}

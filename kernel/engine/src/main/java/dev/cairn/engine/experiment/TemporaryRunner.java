package dev.cairn.engine.experiment;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.experiment.ExperimentQueueReader.Entry;
import dev.cairn.engine.experiment.ExperimentStasher.Stashed;
import dev.cairn.engine.project.ConfigEditor;
import dev.cairn.engine.project.Environment;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectConfig;
import dev.cairn.engine.reproduce.RunListener;
import dev.cairn.engine.reproduce.RunListener.Continuation;
import dev.cairn.engine.reproduce.StageTrace;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.git.DetachedWorkTree;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.git.RefTransaction;
import dev.cairn.store.git.TreeOverlay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Runs experiments in directories of their own ({@code exp run --temp}), beside the workspace and beside each other. They share the cache;
 * their commits come to this repository one by one, as they are made.
 */
public final class TemporaryRunner {
    /** Below {@code .dvc/tmp}, where DVC has such directories. */
    static final String QUEUED = "exps";

    private static final String STANDALONE = "exps/standalone";
    private static final String PREFIX = "tmp-cairn-";

    private final Project project;
    private final GitRepository git;
    private final RunListener listener;

    public TemporaryRunner(Project project, RunListener listener) {
        this.project = project;
        this.git = project.git();
        this.listener = listener;
    }

    /**
     * Runs an experiment with the workspace's tracked files as they are now.
     *
     * @param revision the commit to go on from; null for what a plain run goes on from
     * @param copyPaths files and directories to take along though Git does not track them, as typed
     */
    public ExperimentResult run(ExperimentRequest request, @Nullable String revision, List<String> copyPaths)
            throws InterruptedException {
        Stashed stashed = new ExperimentStasher(project).stash(request, revision, name -> false);
        Job job = new Job(
                stashed.entry(),
                stashed.start(),
                stashed.ref(),
                copyPaths.stream().map(project::relativize).toList(),
                request.message(),
                request.force() || request.reset(),
                request.environment());
        return run(job, STANDALONE, directory -> {});
    }

    /**
     * What to run.
     *
     * @param copyPaths relative to the root
     * @param force replace an experiment of the same name
     * @param environment added to that of every stage's command
     */
    record Job(
            Entry entry,
            ResumePoint start,
            ExperimentRef ref,
            List<String> copyPaths,
            @Nullable String message,
            boolean force,
            Map<String, String> environment) {}

    /**
     * Runs it in a new directory, which is removed afterwards.
     *
     * @param place of the directory, below {@code .dvc/tmp}
     * @param ready gets the directory when the run is about to begin
     */
    ExperimentResult run(Job job, String place, Consumer<Path> ready) throws InterruptedException {
        Path directory = makeDirectory(place);
        try {
            ObjectId stash = job.entry().stash();
            String packed = project.gitPrefix() + PackedArguments.FILE;
            PackedArguments arguments = PackedArguments.read(git.files(stash)
                    .read(packed)
                    .orElseThrow(() -> new EngineException(
                            "the queued experiment '%s' has no arguments"
                                    .formatted(job.ref().name()),
                            "Remove it with `queue remove`, and queue it again.")));
            ObjectId tree = new TreeOverlay(git).write(git.commit(stash).tree(), Map.of(), Set.of(packed));
            DetachedWorkTree workTree =
                    DetachedWorkTree.create(git, directory, job.entry().head(), tree);
            workTree.add(copies(job.copyPaths()));
            Path root = project.gitPrefix().isEmpty() ? directory : directory.resolve(project.gitPrefix());
            configure(root);
            ready.accept(directory);
            return run(job, arguments, workTree, root);
        } finally {
            AtomicFiles.deleteRecursively(directory);
        }
    }

    private ExperimentResult run(Job job, PackedArguments arguments, DetachedWorkTree workTree, Path root)
            throws InterruptedException {
        Environment here = project.environment();
        Path below = project.root().relativize(here.workingDirectory());
        Path working =
                Files.isDirectory(root.resolve(below)) ? root.resolve(below).normalize() : root;
        Map<String, String> environment = new LinkedHashMap<>(job.environment());
        environment.putAll(arguments.environment());
        RunPolicy policy = RunPolicy.takeFrom(environment, project);
        ExperimentRequest request = new ExperimentRequest(
                arguments.request(),
                job.ref().name(),
                List.of(),
                arguments.reset(),
                true,
                job.message(),
                environment,
                policy);
        try (Project temporary = Project.open(here.in(working))) {
            Landing landing = new CommitCarrier(job, workTree, temporary.git(), AutoPush.of(project, listener));
            if (job.start().experiment() != null) {
                new RefTransaction(temporary.git())
                        .set(job.ref().refName(), job.entry().head(), null);
            }
            ExperimentResult result =
                    new ExperimentRunner(temporary, listener).runPrepared(request, job.start(), job.ref(), landing);
            ObjectId tip = ObjectId.fromString(result.revision());
            new ExecRefs(temporary.git()).checkpoint().ifPresent(last -> new ExecRefs(git).setCheckpoint(tip));
            List<String> leftOut = new ArrayList<>(temporary.git().untracked());
            leftOut.removeAll(Set.copyOf(git.files(tip).list()));
            if (!leftOut.isEmpty()) {
                listener.warning(
                        "The following untracked files were present in the experiment directory after reproduction but will not be included in experiment commits:\n\t"
                                + String.join(", ", leftOut));
            }
            return result;
        }
    }

    /** Brings commits over, and moves the experiment's ref here. */
    private final class CommitCarrier extends Landing {
        private final Job job;
        private final DetachedWorkTree workTree;
        private final GitRepository temporary;
        private final Optional<AutoPush> push;
        private ObjectId tip;

        CommitCarrier(Job job, DetachedWorkTree workTree, GitRepository temporary, Optional<AutoPush> push) {
            super(project);
            this.job = job;
            this.workTree = workTree;
            this.temporary = temporary;
            this.push = push;
            this.tip = new ExperimentRefs(git).tip(job.ref()).orElse(ObjectId.zeroId());
            boolean goesOn = job.start().experiment() != null;
            if (!goesOn && !job.force()) {
                ExperimentNames.requireFree(job.ref(), new ExperimentRefs(git));
            }
        }

        @Override
        void land(ObjectId commit) {
            workTree.handOver(temporary, commit);
            new RefTransaction(git).compareAndSet(job.ref().refName(), tip, commit, null);
            tip = commit;
        }

        @Override
        void landed(ExperimentRef experiment) {
            push.ifPresent(p -> p.push(experiment));
        }
    }

    private Path makeDirectory(String place) {
        Path parent = project.temporaryDirectory().resolve(place);
        try {
            Files.createDirectories(parent);
            // The name tells whose directory it is: see `removeAbandoned`.
            return Files.createTempDirectory(
                            parent, PREFIX + ProcessHandle.current().pid() + "-")
                    .toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a directory in " + parent, e);
        }
    }

    /** Ends what runs in directories whose process was killed, and removes them. */
    static void removeAbandoned(Project project) {
        for (String place : List.of(QUEUED, STANDALONE)) {
            Path parent = project.temporaryDirectory().resolve(place);
            if (!Files.isDirectory(parent)) {
                continue;
            }
            try (DirectoryStream<Path> directories = Files.newDirectoryStream(parent, PREFIX + "*")) {
                for (Path directory : directories) {
                    if (isAbandoned(directory.getFileName().toString())) {
                        new StageTrace(directory.resolve(project.gitPrefix() + ".dvc/tmp")).endOrphans();
                        AtomicFiles.deleteRecursively(directory);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot clear " + parent, e);
            }
        }
    }

    private static boolean isAbandoned(String name) {
        String process = name.substring(PREFIX.length()).replaceFirst("-.*", "");
        return process.matches("\\d{1,10}")
                && ProcessHandle.of(Long.parseLong(process)).isEmpty();
    }

    private Map<String, Path> copies(List<String> paths) {
        Map<String, Path> copies = new LinkedHashMap<>();
        for (String path : paths) {
            Path source = project.resolve(path);
            if (!Files.exists(source)) {
                throw new EngineException(
                        "'%s' does not exist".formatted(path), "Name files or directories of the project with -C.");
            }
            copies.put(project.gitPrefix() + path, source);
        }
        return copies;
    }

    /** The workspace's private settings, and its cache. */
    private void configure(Path root) {
        try {
            Path local = project.dvcDirectory().resolve("config.local");
            Files.createDirectories(root.resolve(".dvc"));
            if (Files.exists(local)) {
                Files.copy(local, root.resolve(".dvc/config.local"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot configure " + root, e);
        }
        new ConfigEditor(root.resolve(".dvc"), project.environment(), ProjectConfig.Level.LOCAL)
                .set("cache", "dir", project.config().cacheDirectory().toString());
    }

    /** How a run that waited goes on: it says nothing of where it came from, for that was said when it was queued. */
    static ResumePoint startOf(Entry entry, ExperimentRef ref) {
        boolean goesOn = entry.branch() != null;
        return new ResumePoint(Continuation.NEW, entry.head(), goesOn ? ref : null, "");
    }
}

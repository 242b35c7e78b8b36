package dev.cairn.engine.experiment;

import dev.cairn.engine.metric.FileValues;
import dev.cairn.engine.metric.MetricReader;
import dev.cairn.engine.metric.ProjectRevisions;
import dev.cairn.engine.metric.ValueFiles;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.project.ConfigEditor;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectConfig;
import dev.cairn.engine.reproduce.ReproduceRequest;
import dev.cairn.engine.reproduce.RunListener;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.git.DetachedWorkTree;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.git.TreeOverlay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;

/** Runs what a commit has in a directory of its own, whose refs are nobody's. */
final class ReplayDirectory {
    private final Project project;
    private final GitRepository git;
    private final RunListener listener;

    ReplayDirectory(Project project, RunListener listener) {
        this.project = project;
        this.git = project.git();
        this.listener = listener;
    }

    /**
     * What was made.
     *
     * @param pipeline with the lock file as the run left it
     */
    record Replayed(Pipeline pipeline, Map<String, FileValues> metrics) {}

    /** Runs it on top of the baseline, without the outputs that it made. */
    Replayed replay(ObjectId commit, ObjectId baseline, ReproduceRequest request) throws InterruptedException {
        Path directory = makeDirectory();
        try {
            DetachedWorkTree.create(git, directory, baseline, withoutResults(commit));
            Path root = project.gitPrefix().isEmpty() ? directory : directory.resolve(project.gitPrefix());
            new ConfigEditor(root.resolve(".dvc"), project.environment(), ProjectConfig.Level.LOCAL)
                    .set("cache", "dir", project.config().cacheDirectory().toString());
            try (Project replay = Project.open(project.environment().in(root))) {
                ExperimentRef ref = new ExperimentRef(baseline, "replay");
                new ExperimentRunner(replay, listener)
                        .runPrepared(
                                new ExperimentRequest(request, ref.name(), List.of(), true, true, null, Map.of()),
                                new ResumePoint(RunListener.Continuation.RESET, baseline, null, ""),
                                ref,
                                new Landing(project));
                ProjectRevisions revisions = new ProjectRevisions(replay, PipelineReader::read);
                return new Replayed(
                        PipelineReader.read(replay.workspace()),
                        new MetricReader(new ValueFiles()).read(revisions.workspace()));
            }
        } finally {
            AtomicFiles.deleteRecursively(directory);
        }
    }

    /** Metrics and whatever else the stages made and Git has are made again; of what the lock file says the data stays. */
    private ObjectId withoutResults(ObjectId commit) {
        Set<String> removed = new TreeSet<>();
        Pipeline pipeline = PipelineReader.read(project.revision(commit));
        for (Stage stage : pipeline.stages().values()) {
            if (!stage.isData()) {
                stage.outputs().stream()
                        .map(Output::path)
                        .forEach(path -> removed.addAll(git.files(commit).list(project.gitPrefix() + path)));
                removed.add(project.gitPrefix() + stage.address().file().replaceFirst("\\.yaml$", ".lock"));
            }
        }
        removed.retainAll(Set.copyOf(git.files(commit).list()));
        return new TreeOverlay(git).write(git.commit(commit).tree(), Map.of(), removed);
    }

    private Path makeDirectory() {
        Path parent = project.temporaryDirectory().resolve("exps/replay");
        try {
            Files.createDirectories(parent);
            return Files.createTempDirectory(parent, "tmp").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a directory in " + parent, e);
        }
    }
}

package dev.cairn.engine.experiment;

import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.reproduce.StageTrace;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.git.WorkspaceRestorer;
import dev.cairn.store.git.WorkspaceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Remembers on disk that an experiment runs in the workspace, so that the next command can clear up after a process that was killed: the
 * workspace goes back to the last checkpoint, and what was written after it is kept in a commit.
 */
final class RunJournal implements AutoCloseable {
    private final Path file;

    private RunJournal(Path file) {
        this.file = file;
    }

    private static Path file(Project project) {
        return project.temporaryDirectory().resolve("exps/workspace.journal");
    }

    /**
     * Notes that a run begins.
     *
     * @param tip of the experiment's ref before the run; zero when it does not exist
     * @param parent of the first commit
     * @param startTree the workspace before the first stage
     */
    static RunJournal begin(Project project, ExperimentRef ref, ObjectId tip, ObjectId parent, ObjectId startTree) {
        Path file = file(project);
        String text = String.join("\n", ref.refName(), tip.name(), parent.name(), startTree.name(), "");
        AtomicFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
        return new RunJournal(file);
    }

    /** The run ended in an orderly way, well or not. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    /**
     * Clears up after a run whose process was killed. The caller holds the experiment lock, so that no such run is alive.
     *
     * @return what was done, for the user; empty when there was nothing to clear up
     */
    static Optional<String> recover(Project project) {
        Path file = file(project);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        boolean wasRunning = new StageTrace(project.temporaryDirectory()).endOrphans();
        try (RunJournal done = new RunJournal(file)) {
            List<String> lines = Files.readAllLines(file);
            Optional<ExperimentRef> ref = lines.size() < 4 ? Optional.empty() : ExperimentRef.parse(lines.get(0));
            return ref.map(experiment -> recover(
                            project,
                            experiment,
                            ObjectId.fromString(lines.get(1)),
                            ObjectId.fromString(lines.get(2)),
                            ObjectId.fromString(lines.get(3)))
                    + (wasRunning ? " Its command was still running and was ended." : ""));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static String recover(
            Project project, ExperimentRef experiment, ObjectId tipBefore, ObjectId parent, ObjectId startTree) {
        GitRepository git = project.git();
        ObjectId tip = new ExperimentRefs(git).tip(experiment).orElse(ObjectId.zeroId());
        boolean hasCheckpoint = !tip.equals(tipBefore) && !tip.equals(ObjectId.zeroId());
        ObjectId goodTree = hasCheckpoint ? git.commit(tip).tree() : startTree;
        CheckpointRecorder recorder =
                new CheckpointRecorder(project, new WorkspaceTree(git), experiment, hasCheckpoint ? tip : parent, tip);
        ObjectId now = recorder.tree(git.files(goodTree).list());
        String aside = "";
        if (!now.equals(goodTree)) {
            ObjectId kept = recorder.setAside(
                    now, "cairn: workspace of '%s' when its process was killed".formatted(experiment.name()));
            aside = " What it had written since is kept as commit %s (refs/cairn/aside)."
                    .formatted(kept.name().substring(0, 7));
            new WorkspaceRestorer(git).restore(now, goodTree);
        }
        if (hasCheckpoint) {
            ExecRefs exec = new ExecRefs(git);
            exec.setCheckpoint(tip);
            exec.setApplied(tip);
        }
        new LockedOutputs(project).restore(PipelineReader.read(project.workspace()), false);
        String place = hasCheckpoint
                ? "its last checkpoint %s".formatted(tip.name().substring(0, 7))
                : "the state before it, since it had made no checkpoint";
        return "A run of experiment '%s' was killed. The workspace was taken back to %s.%s"
                .formatted(experiment.name(), place, aside);
    }
}

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
    private static final String NO_EXPERIMENT = "-";

    private final Path file;
    private final ObjectId startTree;

    private RunJournal(Path file, ObjectId startTree) {
        this.file = file;
        this.startTree = startTree;
    }

    private static Path file(Project project) {
        return project.temporaryDirectory().resolve("exps/workspace.journal");
    }

    /**
     * Notes that a run begins, before it changes anything.
     *
     * @param head the commit that is checked out
     * @param startTree the workspace as the user has it
     */
    static RunJournal begin(Project project, ObjectId head, ObjectId startTree) {
        RunJournal journal = new RunJournal(file(project), startTree);
        journal.write(NO_EXPERIMENT, ObjectId.zeroId(), head);
        return journal;
    }

    /**
     * Notes which experiment runs.
     *
     * @param tip of the experiment's ref before the run; zero when it does not exist
     * @param parent of the first commit
     */
    void running(ExperimentRef ref, ObjectId tip, ObjectId parent) {
        write(ref.refName(), tip, parent);
    }

    private void write(String ref, ObjectId tip, ObjectId parent) {
        String text = String.join("\n", ref, tip.name(), parent.name(), startTree.name(), "");
        AtomicFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
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
        try {
            List<String> lines = Files.readAllLines(file);
            ObjectId startTree = ObjectId.fromString(lines.get(3));
            Left left = new Left(
                    ExperimentRef.parse(lines.get(0)),
                    ObjectId.fromString(lines.get(1)),
                    ObjectId.fromString(lines.get(2)),
                    startTree);
            String done = recover(project, left) + (wasRunning ? " Its command was still running and was ended." : "");
            // Only now: whoever is killed while clearing up leaves it to the next.
            new RunJournal(file, startTree).close();
            return Optional.of(done);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Whether a run has not ended, or was killed. */
    static boolean exists(Project project) {
        return Files.exists(file(project));
    }

    /**
     * What is known of a run.
     *
     * @param experiment empty when it was killed before it had one
     */
    private record Left(Optional<ExperimentRef> experiment, ObjectId tipBefore, ObjectId parent, ObjectId startTree) {}

    private static String recover(Project project, Left left) {
        GitRepository git = project.git();
        ObjectId tip = left.experiment().flatMap(new ExperimentRefs(git)::tip).orElse(ObjectId.zeroId());
        boolean hasCheckpoint = !tip.equals(left.tipBefore()) && !tip.equals(ObjectId.zeroId());
        ObjectId goodTree = hasCheckpoint ? git.commit(tip).tree() : left.startTree();
        String run = left.experiment()
                .map(experiment -> "A run of experiment '%s'".formatted(experiment.name()))
                .orElse("A run");
        ObjectId parent = hasCheckpoint ? tip : left.parent();
        CheckpointRecorder recorder = new CheckpointRecorder(
                project, new WorkspaceTree(git), new ExperimentRef(parent, "killed"), parent, tip);
        ObjectId now = recorder.tree(git.files(goodTree).list());
        String aside = "";
        if (!now.equals(goodTree)) {
            ObjectId kept = recorder.setAside(now, "cairn: workspace when its process was killed. " + run);
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
        return "%s was killed. The workspace was taken back to %s.%s".formatted(run, place, aside);
    }
}

package dev.cairn.magics.session;

import dev.cairn.engine.experiment.ApplyResult;
import dev.cairn.engine.experiment.CapturedCheckpoint;
import dev.cairn.engine.experiment.CheckpointBacklog;
import dev.cairn.engine.experiment.ExperimentRef;
import dev.cairn.engine.experiment.SessionCheckpoints;
import dev.cairn.engine.experiment.SessionCheckpoints.Recorded;
import dev.cairn.engine.experiment.SessionCheckpoints.Request;
import dev.cairn.engine.experiment.SessionCheckpoints.Resumed;
import dev.cairn.engine.project.Project;
import dev.cairn.jupyter.extension.CellOutput;
import java.time.Clock;
import java.util.Optional;

/**
 * The checkpoints that a session makes in one project: those of training code are recorded behind it, and whatever else looks at the
 * project waits for them.
 */
final class SessionRecorder implements AutoCloseable {
    private final SessionCheckpoints checkpoints;
    private final CheckpointProgress progress;
    private final CheckpointBacklog backlog;

    SessionRecorder(Project project, Clock clock) {
        this.checkpoints = new SessionCheckpoints(project);
        this.progress = new CheckpointProgress(clock);
        this.backlog = new CheckpointBacklog(checkpoints, progress);
    }

    /** Records at once. */
    Recorded record(Request request) throws InterruptedException {
        settle();
        return checkpoints.record(request);
    }

    /**
     * Holds what there is now and returns; fails when recording an earlier one did.
     *
     * @param output where to say what is recorded
     */
    void recordBehind(Request request, Optional<CellOutput> output) throws InterruptedException {
        progress.in(output);
        Optional<CapturedCheckpoint> captured = checkpoints.capture(request);
        if (captured.isPresent()) {
            backlog.add(captured.get());
            return;
        }
        progress.recorded(record(request), true);
    }

    /** Waits until everything is recorded; fails when something was not. */
    void settle() throws InterruptedException {
        backlog.await();
    }

    Optional<ExperimentRef> current() throws InterruptedException {
        settle();
        return checkpoints.current();
    }

    Resumed resume(Optional<String> revision) throws InterruptedException {
        settle();
        return revision.isPresent() ? checkpoints.resume(revision.get()) : checkpoints.resume();
    }

    void startNew() throws InterruptedException {
        settle();
        checkpoints.startNew();
    }

    ApplyResult reset() throws InterruptedException {
        settle();
        return checkpoints.reset();
    }

    @Override
    public void close() {
        backlog.close();
    }
}

package dev.cairn.engine.experiment;

import dev.cairn.engine.error.RepositoryBusyException;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.engine.reproduce.StageTrace;
import dev.cairn.store.lock.FlockLock;
import java.util.ArrayList;
import java.util.List;

/** Clears up after commands that were killed: at the beginning of the next command, whichever it is. */
public final class WorkspaceRecovery {
    private WorkspaceRecovery() {}

    /**
     * Clears up, unless a command works here that is alive. Costs a few looks at files when there is nothing to do.
     *
     * @return what was done, for the user
     */
    public static List<String> run(Project project) {
        TemporaryRunner.removeAbandoned(project);
        StageTrace trace = new StageTrace(project.temporaryDirectory());
        boolean wasKilled = FlockLock.wasAbandoned(project.lockFile()) || trace.isOrphaned() || isUnfinished(project);
        if (!wasKilled || project.gitIfAny().isEmpty()) {
            return List.of();
        }
        try (ExperimentLock idle = ExperimentLock.acquire(project);
                ProjectLock lock = new ProjectLock(project)) {
            boolean wasRunning = trace.isOrphaned() && !isUnfinished(project) && trace.endOrphans();
            List<String> done = new ArrayList<>(recover(project));
            if (wasRunning) {
                done.add("A run was killed whose command was still running; it was ended.");
            }
            new HalfWrittenFiles(project).remove();
            return done;
        } catch (RepositoryBusyException e) {
            return List.of(); // another command is alive, or clears up just now
        }
    }

    private static boolean isUnfinished(Project project) {
        return RunJournal.exists(project) || ExperimentApplier.isUnfinished(project);
    }

    /** The workspace of runs and of applying; the caller holds the locks. */
    static List<String> recover(Project project) {
        List<String> done = new ArrayList<>();
        RunJournal.recover(project).ifPresent(done::add);
        new ExperimentApplier(project).finish().ifPresent(done::add);
        return done;
    }
}

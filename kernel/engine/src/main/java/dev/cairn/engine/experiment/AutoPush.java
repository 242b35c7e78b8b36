package dev.cairn.engine.experiment;

import dev.cairn.engine.data.DataTransfer;
import dev.cairn.engine.error.ConfigException;
import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.reproduce.RunListener;
import dev.cairn.store.StoreException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Sends an experiment to a Git remote, and its content to the DVC remote, whenever it gets a commit. Asked for by the variables
 * {@code DVC_EXP_AUTO_PUSH} and {@code DVC_EXP_GIT_REMOTE}, or by {@code exp.auto_push} and {@code exp.git_remote}, which only DVC 3 knows.
 */
final class AutoPush {
    private static final int JOBS = 4;

    private final Project project;
    private final RunListener listener;
    private final String remote;

    private AutoPush(Project project, RunListener listener, String remote) {
        this.project = project;
        this.listener = listener;
        this.remote = remote;
    }

    /**
     * Empty when nobody asked for it.
     *
     * @throws ConfigException when no remote is named
     * @throws StoreException when there is no repository at the remote
     */
    static Optional<AutoPush> of(Project project, RunListener listener) {
        boolean isOn = project.environment()
                .variable("DVC_EXP_AUTO_PUSH")
                .map(value -> List.of("1", "y", "yes", "true").contains(value.toLowerCase(Locale.ROOT)))
                .orElseGet(() -> project.config().isSet("exp", "auto_push"));
        if (!isOn) {
            return Optional.empty();
        }
        String remote = project.environment()
                .variable("DVC_EXP_GIT_REMOTE")
                .or(() -> project.config().get("exp", "git_remote"))
                .orElseThrow(() -> new ConfigException(
                        "experiments are to be pushed, but to no remote",
                        "Set DVC_EXP_GIT_REMOTE to the name of a Git remote."));
        ExperimentExchange.requireReachable(project, remote);
        return Optional.of(new AutoPush(project, listener, remote));
    }

    /** Sends it. What goes wrong is a warning: the experiment is safe here, and the run goes on. */
    void push(ExperimentRef experiment) {
        try {
            var exchange = new ExperimentExchange(project);
            var done = exchange.push(
                    remote, new ExperimentSelection(List.of(experiment.refName()), List.of(), 1, false), false);
            if (project.config().get("core", "remote").isPresent()) {
                new DataTransfer(project, Optional.empty(), JOBS).push(exchange.content(done.present()), true);
            }
        } catch (EngineException | StoreException e) {
            listener.warning("Something went wrong while auto pushing experiment to the remote '%s': %s"
                    .formatted(remote, e.getMessage()));
        }
    }
}

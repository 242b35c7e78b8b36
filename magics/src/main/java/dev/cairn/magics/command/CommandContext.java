package dev.cairn.magics.command;

import dev.cairn.engine.error.ConfigException;
import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.NotARepositoryException;
import dev.cairn.engine.experiment.WorkspaceRecovery;
import dev.cairn.engine.project.Environment;
import dev.cairn.engine.project.Project;
import dev.cairn.magics.render.Text;
import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a command works with: the streams, and the project around the working directory. */
final class CommandContext {
    private final CommandIo io;
    private final OpenProjects projects;
    private final boolean clearsUp;
    private @Nullable ProjectTools tools;

    private CommandContext(CommandIo io, OpenProjects projects, boolean clearsUp) {
        this.io = io;
        this.projects = projects;
        this.clearsUp = clearsUp;
    }

    /** For a command, which begins with clearing up after those that were killed. */
    static CommandContext ofCommand(CommandIo io, OpenProjects projects) {
        return new CommandContext(io, projects, true);
    }

    /** For one that only looks. */
    static CommandContext looking(CommandIo io, OpenProjects projects) {
        return new CommandContext(io, projects, false);
    }

    CommandIo io() {
        return io;
    }

    Environment environment() {
        return io.environment();
    }

    OpenProjects projects() {
        return projects;
    }

    ProjectTools tools() {
        if (tools == null) {
            tools = projects.at(io.environment());
            if (clearsUp) {
                WorkspaceRecovery.run(tools.project()).forEach(done -> io.err().print(done + "\n"));
            }
        }
        return tools;
    }

    Project project() {
        return tools().project();
    }

    /** The value itself for a notebook, its text for everyone else. */
    Object answer(Object value, Supplier<String> text) {
        return io.notebook() ? value : Text.exactly(text.get());
    }

    /** Does something whose failure DVC tells with a prefix and the exit code 1. */
    <T> T orFail(String prefix, Supplier<T> action) {
        try {
            return action.get();
        } catch (NotARepositoryException | ConfigException e) {
            throw e;
        } catch (EngineException e) {
            String message = prefix.isEmpty() ? e.getMessage() : prefix + " - " + e.getMessage();
            throw new CommandFailure(ExitCodes.DIFFERENT, message, e.hint());
        }
    }

    /** The same, for wrong settings too. */
    <T> T orFailAlways(String prefix, Supplier<T> action) {
        T result;
        try {
            project();
            result = orFail(prefix, action);
        } catch (ConfigException e) {
            throw new CommandFailure(ExitCodes.DIFFERENT, prefix + " - " + e.getMessage(), e.hint());
        }
        return result;
    }

    void warn(Collection<String> warnings) {
        warnings.forEach(warning -> io.err().print("WARNING: " + warning + "\n"));
    }

    /**
     * Says which files to commit to Git, or stages them when the user wants that.
     *
     * @param files relative to the root
     */
    void gitHint(Collection<String> files) {
        Project project = project();
        if (files.isEmpty() || project.gitIfAny().isEmpty()) {
            return;
        }
        if (project.config().isAutostage()) {
            project.git().stage(files.stream().map(project::resolve).toList());
            return;
        }
        io.out().print(GitHint.text(project, files));
    }
}

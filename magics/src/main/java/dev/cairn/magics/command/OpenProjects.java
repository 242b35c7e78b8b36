package dev.cairn.magics.command;

import dev.cairn.engine.error.NotARepositoryException;
import dev.cairn.engine.project.Environment;
import dev.cairn.engine.project.Project;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The projects that a session works in, kept open between commands. Not for several threads at a time. */
public final class OpenProjects implements AutoCloseable {
    private final Map<Path, ProjectTools> open = new LinkedHashMap<>();

    /**
     * The project around the working directory, opened by the first command in it and brought up to date by the others.
     *
     * @throws NotARepositoryException when there is none
     */
    ProjectTools at(Environment environment) {
        Path root = Project.findRoot(environment.workingDirectory()).orElse(null);
        ProjectTools known = root == null ? null : open.get(root);
        if (known != null) {
            known.project().refresh(environment);
            return known;
        }
        ProjectTools tools = new ProjectTools(Project.open(environment));
        open.put(tools.project().root(), tools);
        return tools;
    }

    /** The same project without the readers of a command. */
    public Project project(Environment environment) {
        return at(environment).project();
    }

    /** Forgets a project whose {@code .dvc} is about to be replaced. */
    void forget(Path root) {
        ProjectTools known = open.remove(root);
        if (known != null) {
            known.project().close();
        }
    }

    @Override
    public void close() {
        open.values().forEach(tools -> tools.project().close());
        open.clear();
    }
}

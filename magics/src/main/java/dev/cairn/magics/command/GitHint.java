package dev.cairn.magics.command;

import dev.cairn.engine.project.Project;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;

/** Tells which files are to be committed. */
final class GitHint {
    private GitHint() {}

    /** DVC's paragraph, with paths as seen from the working directory. */
    static String text(Project project, Collection<String> files) {
        Path here = project.environment().workingDirectory();
        String names = files.stream()
                .sorted()
                .map(file -> quoted(here.relativize(project.resolve(file)).toString()))
                .collect(Collectors.joining(" "));
        return "\nTo track the changes with git, run:\n\n\tgit add " + names
                + "\n\nTo enable auto staging, run:\n\n\tdvc config core.autostage true\n";
    }

    private static String quoted(String name) {
        return name.matches("[\\w@%+=:,./-]+") ? name : "'" + name.replace("'", "'\"'\"'") + "'";
    }
}

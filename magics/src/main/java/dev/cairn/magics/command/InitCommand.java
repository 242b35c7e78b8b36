package dev.cairn.magics.command;

import dev.cairn.engine.project.ProjectInitializer;
import dev.cairn.magics.render.Text;
import picocli.CommandLine.Option;

/** {@code init}. */
final class InitCommand extends DvcCommand {
    @Option(names = "--no-scm", description = "Do without Git.")
    private boolean withoutScm;

    @Option(
            names = {"-f", "--force"},
            description = "Replace the project that is there; its cache is lost.")
    private boolean force;

    @Option(names = "--subdir", description = "Allow a directory below the top of the Git repository.")
    private boolean subdirectory;

    @Override
    Object run(CommandContext context) {
        context.projects().forget(context.environment().workingDirectory());
        var made = ProjectInitializer.initialize(
                context.environment(), new ProjectInitializer.Options(withoutScm, subdirectory, force));
        return Text.lines(
                "Initialized DVC repository.\n" + (made.inGit() ? "\nYou can now commit the changes to git.\n" : ""));
    }
}

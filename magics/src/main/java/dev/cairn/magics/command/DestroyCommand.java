package dev.cairn.magics.command;

import dev.cairn.engine.data.ProjectDestroyer;
import dev.cairn.engine.project.Project;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code destroy}. */
final class DestroyCommand extends DvcCommand {
    @Option(
            names = {"-f", "--force"},
            description = "Do it without asking.")
    private boolean force;

    @Override
    @Nullable
    Object run(CommandContext context) {
        Project project = context.project();
        String question = "This will destroy all information about your pipelines, all data files, as well as cache in "
                + ".dvc/cache.\nAre you sure you want to continue?";
        if (!force && !context.io().consent().test(question)) {
            throw new CommandFailure(
                    ExitCodes.DIFFERENT,
                    "failed to destroy DVC - cannot destroy without a confirmation from the user. Use `-f` to force.",
                    "");
        }
        ProjectDestroyer destroyer = new ProjectDestroyer(project);
        destroyer.removeFiles();
        context.projects().forget(project.root());
        destroyer.finish();
        return null;
    }
}

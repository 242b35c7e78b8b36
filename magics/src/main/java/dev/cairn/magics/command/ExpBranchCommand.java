package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ExperimentBrancher;
import dev.cairn.magics.render.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** {@code exp branch}. */
final class ExpBranchCommand extends DvcCommand {
    @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "Name of an experiment, or hash of a checkpoint.")
    private String experiment = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "BRANCH",
            description = "The new branch; EXPERIMENT-branch when it is not given.")
    private @Nullable String branch;

    @Override
    Object run(CommandContext context) {
        String name = branch == null ? experiment + "-branch" : branch;
        new ExperimentBrancher(context.project()).branch(experiment, name);
        return Text.lines(
                "Git branch '%s' has been created from experiment '%s'.\nTo switch to the new branch run:\n\tgit checkout %s"
                        .formatted(name, experiment, name));
    }
}

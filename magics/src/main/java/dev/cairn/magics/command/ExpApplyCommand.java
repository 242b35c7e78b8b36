package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ApplyResult;
import dev.cairn.engine.experiment.ExperimentApplier;
import dev.cairn.magics.render.Text;
import picocli.CommandLine.Parameters;

/** {@code exp apply}. */
final class ExpApplyCommand extends DvcCommand {
    @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "Name of an experiment, or hash of a checkpoint.")
    private String experiment = "";

    @Override
    Object run(CommandContext context) {
        ApplyResult result = new ExperimentApplier(context.project()).apply(experiment);
        context.warn(result.notes());
        if (result.hasSavedWork()) {
            context.io()
                    .err()
                    .print("What the workspace had is kept: `git stash apply refs/exps/apply/stash` brings it back.\n");
        }
        return Text.lines(
                "Changes for experiment '" + result.argument() + "' have been applied to your current workspace.");
    }
}

package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ApplyResult;
import dev.cairn.engine.experiment.BestCheckpoint;
import dev.cairn.engine.experiment.ExperimentApplier;
import dev.cairn.engine.experiment.Objective;
import dev.cairn.magics.render.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exp apply}. */
final class ExpApplyCommand extends DvcCommand {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "EXPERIMENT",
            description = "Name of an experiment, or hash of a checkpoint.")
    private @Nullable String experiment;

    @Option(
            names = "--best",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "METRIC",
            description = "The checkpoint with the best value of the metric, among all experiments of HEAD.")
    private @Nullable String best;

    @Override
    Object run(CommandContext context) {
        String experiment = chosen(context);
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

    private String chosen(CommandContext context) {
        if (best == null) {
            if (experiment == null) {
                throw new CommandFailure(
                        ExitCodes.USAGE, "the following arguments are required: experiment", "`exp list` shows them.");
            }
            return experiment;
        }
        if (experiment != null) {
            throw new CommandFailure(
                    ExitCodes.USAGE, "--best takes no experiment beside its metric", "`exp apply --best val_loss`");
        }
        Objective objective = Objective.of(context.project(), best);
        BestCheckpoint.Found found = context.tools().best().find(objective);
        context.io()
                .out()
                .print("Best %s: %s at %s of '%s'.\n"
                        .formatted(
                                objective.metric(),
                                found.value(),
                                found.revision().substring(0, 7),
                                found.experiment().name()));
        return found.revision();
    }
}

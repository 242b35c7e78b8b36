package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ExperimentDiffer.ExperimentDiff;
import dev.cairn.magics.render.DiffReport;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code exp diff}. */
final class ExpDiffCommand extends DvcCommand {
    @Mixin
    private DiffOptions options = new DiffOptions();

    @Option(names = "--param-deps", description = "Only parameters that stages depend on.")
    private boolean paramDeps;

    @Override
    Object run(CommandContext context) {
        ExperimentDiff diff = context.orFail(
                "failed to show experiments diff",
                () -> context.tools().differ().diff(options.from(), options.to(), options.all, paramDeps));
        return options.answer(
                context,
                DiffReport.ofExperiments(diff.metrics(), diff.params(), options.withPath(), options.precision));
    }
}

package dev.cairn.magics.command;

import dev.cairn.magics.render.ExperimentReports;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code exp explain}. */
final class ExpExplainCommand extends DvcCommand {
    @Mixin
    private ReportOptions format = new ReportOptions();

    @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "Name of an experiment, or hash of a checkpoint.")
    private String first = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "OTHER",
            description = "What it is compared with; what it started from when this is not given.")
    private @Nullable String second;

    @Override
    Object run(CommandContext context) {
        return format.answer(
                context,
                ExperimentReports.explanation(context.tools().explainer().explain(first, second)));
    }
}

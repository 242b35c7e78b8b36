package dev.cairn.magics.command;

import dev.cairn.engine.experiment.CacheUsage;
import dev.cairn.magics.render.ExperimentReports;
import picocli.CommandLine.Mixin;

/** {@code checkpoint du}. */
final class CheckpointDuCommand extends DvcCommand {
    @Mixin
    private ReportOptions format = new ReportOptions();

    @Override
    Object run(CommandContext context) {
        return format.answer(context, ExperimentReports.usage(new CacheUsage(context.project()).measure()));
    }
}

package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ExperimentVerifier;
import dev.cairn.engine.experiment.ExperimentVerifier.Verification;
import dev.cairn.magics.render.ExperimentReports;
import dev.cairn.magics.render.Report;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code exp verify}. The exit code says whether the same came out. */
final class ExpVerifyCommand extends DvcCommand {
    @Mixin
    private ReportOptions format = new ReportOptions();

    @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "Name of an experiment, or hash of a checkpoint.")
    private String experiment = "";

    @Override
    @Nullable
    Object run(CommandContext context) throws InterruptedException {
        Verification found =
                new ExperimentVerifier(context.project(), context.io().listener()).verify(experiment);
        Report report = ExperimentReports.verification(found);
        Object answer = format.answer(context, report);
        if (found.isSame() || context.io().notebook()) {
            return answer;
        }
        context.io().out().print(answer);
        context.io().out().print("\n");
        throw new CommandFailure(ExitCodes.DIFFERENT, report.verdict(), "");
    }
}

package dev.cairn.magics.command;

import dev.cairn.engine.metric.PlotSet;
import dev.cairn.engine.metric.RevisionData;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plots show}. */
final class PlotsShowCommand extends DvcCommand {
    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Plots or data files; all plots when none is given.")
    private List<String> targets = new ArrayList<>();

    @Mixin
    private PlotOptions options = new PlotOptions();

    @Override
    Object run(CommandContext context) {
        ProjectTools tools = context.tools();
        PlotSet plots = tools.plots()
                .show(List.of(tools.revision(RevisionData.WORKSPACE)), targets, options.overrides(context));
        return options.answer(context, plots, targets.size());
    }

    @Override
    Set<String> notSupportedYet() {
        return PlotOptions.NOT_SUPPORTED_YET;
    }
}

package dev.cairn.magics.command;

import dev.cairn.engine.metric.PlotReader;
import dev.cairn.engine.metric.PlotSet;
import dev.cairn.engine.metric.RevisionData;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plots diff}. */
final class PlotsDiffCommand extends DvcCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "REVISION",
            description = "Experiments, checkpoints or commits; HEAD and the workspace when none is given.")
    private List<String> revisions = new ArrayList<>();

    @Option(names = "--targets", arity = "0..*", paramLabel = "FILE", description = "Only these plots or data files.")
    private List<String> targets = new ArrayList<>();

    @Mixin
    private PlotOptions options = new PlotOptions();

    @Override
    Object run(CommandContext context) {
        ProjectTools tools = context.tools();
        boolean isDirty = tools.isDirty();
        List<RevisionData> compared = PlotReader.diffRevisions(revisions, isDirty).stream()
                .map(tools::revision)
                .toList();
        PlotSet plots = tools.plots().show(compared, targets, options.overrides(context));
        return options.answer(context, plots, targets.size());
    }

    @Override
    Set<String> notSupportedYet() {
        return PlotOptions.NOT_SUPPORTED_YET;
    }
}

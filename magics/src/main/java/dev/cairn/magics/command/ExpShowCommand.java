package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ExperimentTable;
import dev.cairn.engine.experiment.Objective;
import dev.cairn.engine.experiment.ShowRequest;
import dev.cairn.magics.render.ExperimentRendering;
import dev.cairn.magics.render.ShowOptions;
import dev.cairn.magics.render.Text;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code exp show}, with the options of DVC 2.0 that choose columns. */
final class ExpShowCommand extends DvcCommand {
    @Mixin
    private RevisionOptions commits = new RevisionOptions();

    @Mixin
    private FormatOptions format = new FormatOptions();

    @Mixin
    private ColumnOptions columns = new ColumnOptions();

    @Option(
            names = {"-a", "--all-branches"},
            description = "Experiments of the tips of all branches.")
    private boolean allBranches;

    @Option(
            names = {"-T", "--all-tags"},
            description = "Experiments of all tags.")
    private boolean allTags;

    @Option(names = "--no-pager", description = "Taken for DVC's sake: there is no pager.")
    boolean noPager;

    @Option(names = "--param-deps", description = "Only parameters that stages depend on.")
    private boolean paramDeps;

    @Option(names = "--hide-failed", description = "Leave out failed experiments.")
    private boolean hideFailed;

    @Option(names = "--hide-queued", description = "Leave out queued experiments.")
    private boolean hideQueued;

    @Option(
            names = {"--csv", "--show-csv"},
            description = "Write CSV.")
    private boolean csv;

    @Option(
            names = {"-f", "--force"},
            description = "Read everything again.")
    private boolean force;

    @Override
    Object run(CommandContext context) {
        ShowRequest request = new ShowRequest(
                commits.revisions,
                commits.num,
                allBranches,
                allTags,
                commits.allCommits,
                hideQueued,
                hideFailed,
                force,
                paramDeps);
        ExperimentTable table = context.orFail("failed to show experiments", () -> collect(context, request));
        ShowOptions options = columns.options();
        var rendering =
                new ExperimentRendering(table, options, context.environment().clock());
        if (format.json) {
            return Text.lines(rendering.json());
        }
        context.warn(rendering.warnings());
        if (csv) {
            return Text.exactly(rendering.csv());
        }
        if (format.markdown) {
            return Text.markdown(rendering.markdown());
        }
        if (context.io().notebook()) {
            return rendering.selection();
        }
        table.notes().forEach(note -> context.io().err().print(note + "\n"));
        return Text.exactly(rendering.text());
    }

    private static ExperimentTable collect(CommandContext context, ShowRequest request) {
        ExperimentTable table = context.tools().collector().collect(request);
        return Objective.configured(context.project()).map(table::judgedBy).orElse(table);
    }

    @Override
    Set<String> notSupportedYet() {
        return Set.of("--pcp", "--parallel-coordinates-plot", "-o", "--out", "--open", "--html");
    }
}

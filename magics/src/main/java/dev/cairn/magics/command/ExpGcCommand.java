package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ExperimentCleaner;
import dev.cairn.magics.render.Text;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code exp gc}. */
final class ExpGcCommand extends DvcCommand {
    @Mixin
    private RetentionOptions retention = new RetentionOptions();

    @Option(names = "--rev", paramLabel = "COMMIT", description = "Keep experiments of the commit.")
    private List<String> revisions = new ArrayList<>();

    @Option(
            names = {"-n", "--num"},
            paramLabel = "N",
            description = "With --rev: and of so many commits back from it.")
    private int num = 1;

    @Option(names = "--queued", description = "Keep experiments that wait in the queue.")
    private boolean queued;

    @Override
    Object run(CommandContext context) {
        if (!retention.isGiven() && revisions.isEmpty()) {
            throw new CommandFailure(
                    ExitCodes.ERROR,
                    "Either of `-w|--workspace`, `-a|--all-branches`, `-T|--all-tags`, `--all-commits` or `--date` needs to be set.",
                    "");
        }
        var kept = new ExperimentCleaner.Kept(
                retention.workspace,
                revisions,
                num,
                retention.branches,
                retention.tags,
                retention.commits,
                retention.since(),
                queued);
        context.project();
        context.warn(List.of(warning()));
        retention.ask(context);
        int removed = new ExperimentCleaner(context.project()).collect(kept);
        return Text.lines(
                removed == 0
                        ? "No experiments to remove."
                        : "Removed %d experiments. To remove unused cache files use 'dvc gc'.".formatted(removed));
    }

    private String warning() {
        return "This will remove all experiments except those derived from the workspace"
                + retention.description()
                + " of the current repo."
                + (queued ? " Run queued experiments will be preserved." : " Run queued experiments will be removed.");
    }
}

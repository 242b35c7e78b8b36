package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ExperimentRemover;
import dev.cairn.engine.experiment.ExperimentSelection;
import dev.cairn.magics.render.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exp remove}. */
final class ExpRemoveCommand extends DvcCommand {
    @Parameters(arity = "0..*", paramLabel = "EXPERIMENT", description = "Names of experiments.")
    private List<String> names = new ArrayList<>();

    @Mixin
    private RevisionOptions commits = new RevisionOptions();

    @Option(names = "--queue", description = "Remove all experiments that wait in the queue.")
    private boolean queue;

    @Option(
            names = {"-g", "--git-remote"},
            paramLabel = "REMOTE",
            description = "Remove them from this Git remote instead of here.")
    private @Nullable String remote;

    @Override
    Object run(CommandContext context) {
        boolean isByFlag = queue || commits.allCommits || !commits.revisions.isEmpty();
        if (isByFlag == !names.isEmpty()) {
            throw new CommandFailure(
                    ExitCodes.ERROR,
                    "Either provide an `experiment` argument, or use the `--rev` or `--all-commits` or `--queue` flag.",
                    "");
        }
        if (queue && remote != null) {
            throw new CommandFailure(
                    ExitCodes.USAGE, "argument -g/--git-remote: not allowed with argument --queue", "");
        }
        var remover = new ExperimentRemover(context.project());
        List<String> removed = new ArrayList<>(queue ? remover.removeQueued() : List.of());
        ExperimentSelection selection = commits.selection(names);
        if (!selection.isEmpty()) {
            removed.addAll(remote == null ? remover.remove(selection) : remover.removeRemote(remote, selection));
        }
        if (removed.isEmpty()) {
            return Text.lines("No experiments to remove.");
        }
        return Text.lines("Removed experiments: "
                + Changes.joined(removed.stream().map(n -> "'" + n + "'").toList()));
    }
}

package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ExperimentRemover;
import dev.cairn.magics.render.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exp remove}. */
final class ExpRemoveCommand extends DvcCommand {
    @Parameters(arity = "0..*", paramLabel = "EXPERIMENT", description = "Names of experiments.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = {"-A", "--all-commits"},
            description = "Remove all experiments of all commits.")
    private boolean all;

    @Override
    Object run(CommandContext context) {
        if (names.isEmpty() && !all) {
            throw new CommandFailure(
                    ExitCodes.ERROR,
                    "Either provide an `experiment` argument, or use the `--rev` or `--all-commits` flag.",
                    "");
        }
        var remover = new ExperimentRemover(context.project());
        List<String> removed = all ? remover.removeAll() : remover.remove(names);
        if (removed.isEmpty()) {
            return Text.lines("No experiments to remove.");
        }
        return Text.lines("Removed experiments: "
                + Changes.joined(
                        removed.stream().sorted().map(n -> "'" + n + "'").toList()));
    }

    @Override
    Set<String> notSupportedYet() {
        return Set.of("--rev", "-n", "--num", "--queue", "-g", "--git-remote");
    }
}

package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ExperimentAnnotator;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exp star}. */
final class ExpStarCommand extends DvcCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "EXPERIMENT",
            description = "Names of experiments, or hashes of checkpoints.")
    private List<String> experiments = List.of();

    @Option(names = "--remove", description = "Take the star off.")
    private boolean removes;

    @Override
    Object run(CommandContext context) {
        var annotator = new ExperimentAnnotator(context.project());
        return Remarks.text(
                experiments.stream().map(name -> annotator.star(name, !removes)).toList());
    }
}

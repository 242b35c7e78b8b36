package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ExperimentAnnotator;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exp tag}. */
final class ExpTagCommand extends DvcCommand {
    @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "Name of an experiment, or hash of a checkpoint.")
    private String experiment = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "TAG", description = "One word each.")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--remove", paramLabel = "TAG", description = "Take this tag off; may be given several times.")
    private List<String> removed = new ArrayList<>();

    @Override
    Object run(CommandContext context) {
        return Remarks.text(List.of(new ExperimentAnnotator(context.project()).tag(experiment, tags, removed)));
    }
}

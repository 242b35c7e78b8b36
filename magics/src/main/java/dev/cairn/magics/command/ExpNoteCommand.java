package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ExperimentAnnotator;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exp note}. */
final class ExpNoteCommand extends DvcCommand {
    @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "Name of an experiment, or hash of a checkpoint.")
    private String experiment = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "TEXT", description = "What to remember about it.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--remove", description = "Remove its notes.")
    private boolean removes;

    @Override
    Object run(CommandContext context) {
        String text = String.join(" ", words).strip();
        if (text.isEmpty() != removes) {
            throw new CommandFailure(
                    ExitCodes.USAGE, "a note needs a text, and --remove takes none", "`exp note NAME \"text\"`");
        }
        return Remarks.text(List.of(new ExperimentAnnotator(context.project()).note(experiment, text)));
    }
}

package dev.cairn.magics.command;

import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.reproduce.StageRemover;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code remove}. */
final class RemoveCommand extends DvcCommand {
    @Parameters(arity = "1..*", paramLabel = "TARGET", description = "Stages or .dvc files.")
    private List<String> targets = new ArrayList<>();

    @Option(names = "--outs", description = "Remove their outputs from the workspace too.")
    private boolean outs;

    @Override
    @Nullable
    Object run(CommandContext context) {
        try {
            new StageRemover(context.project(), context.io().listener()).remove(targets, outs);
            return null;
        } catch (UnknownNameException e) {
            throw new CommandFailure(ExitCodes.DIFFERENT, e.getMessage(), e.hint());
        }
    }
}

package dev.cairn.magics.command;

import dev.cairn.engine.data.DataMover;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** {@code move}. */
final class MoveCommand extends DvcCommand {
    @Parameters(index = "0", paramLabel = "SOURCE", description = "Tracked file or directory.")
    private String source = "";

    @Parameters(index = "1", paramLabel = "TARGET", description = "Its new name, or a directory to put it into.")
    private String target = "";

    @Override
    @Nullable
    Object run(CommandContext context) {
        context.gitHint(context.orFail(
                "failed to move '%s' -> '%s'".formatted(source, target),
                () -> new DataMover(context.project()).move(source, target)));
        return null;
    }
}

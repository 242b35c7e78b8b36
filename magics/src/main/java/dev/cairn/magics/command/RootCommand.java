package dev.cairn.magics.command;

import dev.cairn.magics.render.Text;
import java.nio.file.Path;

/** {@code root}. */
final class RootCommand extends DvcCommand {
    @Override
    Object run(CommandContext context) {
        Path way = context.environment()
                .workingDirectory()
                .relativize(context.project().root());
        return Text.lines(way.toString().isEmpty() ? "." : way.toString());
    }
}

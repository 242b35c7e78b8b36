package dev.cairn.magics.command;

import dev.cairn.engine.data.DataTransfer.Transferred;
import dev.cairn.magics.render.Text;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code push}. */
final class PushCommand extends DvcCommand {
    @Mixin
    private TransferOptions options = new TransferOptions();

    @Option(names = "--glob", description = "Take targets for patterns with * ? [..] and **.")
    private boolean glob;

    @Override
    Object run(CommandContext context) {
        Transferred done = context.orFailAlways("failed to push data to the cloud", () -> {
            if (glob) {
                options.expand(context);
            }
            return options.transfer(context).push(options.scope(), options.runCache);
        });
        TransferOptions.check(context, done, "push");
        List<String> parts = new ArrayList<>();
        Changes.count(parts, done.transferred(), "pushed");
        return Text.lines(parts.isEmpty() ? "Everything is up to date." : Changes.joined(parts));
    }
}

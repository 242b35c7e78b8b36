package dev.cairn.magics.command;

import dev.cairn.engine.data.DataCommitter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code commit}. */
final class CommitCommand extends DvcCommand {
    @Mixin
    private SelectionOptions options = new SelectionOptions();

    @Option(
            names = {"-f", "--force"},
            description = "Also when a stage's command, dependencies or outputs changed.")
    private boolean force;

    @Override
    @Nullable
    Object run(CommandContext context) {
        context.gitHint(new DataCommitter(context.project()).commit(options.selection(), force));
        return null;
    }
}

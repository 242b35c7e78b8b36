package dev.cairn.magics.command;

import dev.cairn.engine.data.DataCommitter;
import dev.cairn.engine.pipeline.TargetSelection;
import java.util.List;
import java.util.Set;
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
        TargetSelection all = options.selection();
        if (all.targets().isEmpty()) {
            commit(context, "failed to commit", all);
        }
        for (String target : all.targets()) {
            commit(
                    context,
                    "failed to commit " + target,
                    new TargetSelection(List.of(target), all.withDependencies(), all.recursive()));
        }
        return null;
    }

    private void commit(CommandContext context, String prefix, TargetSelection selection) {
        Set<String> written =
                context.orFail(prefix, () -> new DataCommitter(context.project()).commit(selection, force));
        if (context.project().config().isAutostage()) {
            context.gitHint(written); // DVC says nothing of Git here
        }
    }
}

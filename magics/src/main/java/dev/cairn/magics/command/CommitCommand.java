package dev.cairn.magics.command;

import dev.cairn.engine.data.DataCommitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code commit}. */
final class CommitCommand extends DvcCommand {
    @Parameters(arity = "0..*", paramLabel = "TARGET", description = "Stages or files; all when none is given.")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = {"-f", "--force"},
            description = "Also when a stage's command, dependencies or outputs changed.")
    private boolean force;

    @Override
    @Nullable
    Object run(CommandContext context) {
        context.gitHint(new DataCommitter(context.project()).commit(targets, force));
        return null;
    }

    @Override
    Set<String> notSupportedYet() {
        return Set.of("-d", "--with-deps", "-R", "--recursive", "-i", "--interactive");
    }
}

package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ExperimentList;
import dev.cairn.magics.render.Text;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exp list}. */
final class ExpListCommand extends DvcCommand {
    @Mixin
    private RevisionOptions commits = new RevisionOptions();

    @Option(
            names = {"--name-only", "--names-only"},
            description = "Only the names.")
    private boolean namesOnly;

    @Parameters(
            arity = "0..1",
            paramLabel = "GIT_REMOTE",
            description = "List those of this Git repository instead: name, URL or path.")
    private @Nullable String remote;

    @Override
    @Nullable
    Object run(CommandContext context) {
        ExperimentList list = remote == null
                ? context.tools().lister().list(commits.revisions, commits.num, commits.allCommits)
                : context.tools()
                        .lister()
                        .listRemote(
                                remote,
                                context.environment().variables(),
                                commits.revisions,
                                commits.num,
                                commits.allCommits);
        return list.groups().isEmpty() ? null : Text.exactly(text(list));
    }

    private String text(ExperimentList list) {
        return list.groups().stream()
                .map(group -> (namesOnly ? "" : group.name() + ":\n")
                        + group.experiments().stream()
                                .map(e -> (namesOnly ? "" : "\t") + e.ref().name() + "\n")
                                .collect(Collectors.joining()))
                .collect(Collectors.joining());
    }
}

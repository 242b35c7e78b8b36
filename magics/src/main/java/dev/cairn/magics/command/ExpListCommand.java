package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ExperimentList;
import dev.cairn.magics.render.Text;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code exp list}. */
final class ExpListCommand extends DvcCommand {
    @Mixin
    private RevisionOptions commits = new RevisionOptions();

    @Option(
            names = {"--name-only", "--names-only"},
            description = "Only the names.")
    private boolean namesOnly;

    @Override
    @Nullable
    Object run(CommandContext context) {
        ExperimentList list = context.tools().lister().list(commits.revisions, commits.num, commits.allCommits);
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

    @Override
    Set<String> notSupportedYet() {
        return Set.of();
    }
}

package dev.cairn.magics.command;

import dev.cairn.engine.data.DataTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code add}. */
final class AddCommand extends DvcCommand {
    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files or directories.")
    private List<String> targets = new ArrayList<>();

    @Option(names = "--no-commit", description = "Do not copy the content into the cache.")
    private boolean noCommit;

    @Override
    @Nullable
    Object run(CommandContext context) {
        DataTracker.Added added = new DataTracker(context.project()).add(targets, !noCommit);
        context.gitHint(added.gitPaths());
        return null;
    }

    @Override
    Set<String> notSupportedYet() {
        return Set.of(
                "-R",
                "--recursive",
                "--external",
                "--glob",
                "--file",
                "-o",
                "--out",
                "--to-remote",
                "-r",
                "--remote",
                "-j",
                "--jobs",
                "-f",
                "--force",
                "--desc",
                "--meta",
                "--label",
                "--type");
    }
}

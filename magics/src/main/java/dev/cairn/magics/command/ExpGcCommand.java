package dev.cairn.magics.command;

import dev.cairn.engine.experiment.ExperimentCleaner;
import dev.cairn.magics.render.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code exp gc}. */
final class ExpGcCommand extends DvcCommand {
    @Option(
            names = {"-w", "--workspace"},
            description = "Keep experiments of HEAD.")
    private boolean workspace;

    @Option(
            names = {"-a", "--all-branches"},
            description = "Keep experiments of the tips of all branches.")
    private boolean branches;

    @Option(
            names = {"-T", "--all-tags"},
            description = "Keep experiments of all tags.")
    private boolean tags;

    @Option(
            names = {"-A", "--all-commits"},
            description = "Keep experiments of all commits of the history.")
    private boolean commits;

    @Option(names = "--rev", paramLabel = "COMMIT", description = "Keep experiments of the commit.")
    private List<String> revisions = new ArrayList<>();

    @Option(
            names = {"-n", "--num"},
            paramLabel = "N",
            description = "With --rev: and of so many commits back from it.")
    private int num = 1;

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            description = "Keep experiments of commits made on that day or later.")
    private @Nullable String date;

    @Option(names = "--queued", description = "Keep experiments that wait in the queue.")
    private boolean queued;

    @Option(
            names = {"-f", "--force"},
            description = "Do it without asking.")
    private boolean force;

    @Override
    Object run(CommandContext context) {
        if (!workspace && !branches && !tags && !commits && date == null && revisions.isEmpty()) {
            throw new CommandFailure(
                    ExitCodes.ERROR,
                    "Either of `-w|--workspace`, `-a|--all-branches`, `-T|--all-tags`, `--all-commits` or `--date` needs to be set.",
                    "");
        }
        var kept = new ExperimentCleaner.Kept(workspace, revisions, num, branches, tags, commits, since(), queued);
        context.project();
        context.warn(List.of(warning()));
        if (!force && !context.io().consent().test("Are you sure you want to proceed?")) {
            throw new CommandFailure(
                    ExitCodes.DIFFERENT, "", "Nothing was removed. Add -f to go on without a question.");
        }
        int removed = new ExperimentCleaner(context.project()).collect(kept);
        return Text.lines(
                removed == 0
                        ? "No experiments to remove."
                        : "Removed %d experiments. To remove unused cache files use 'dvc gc'.".formatted(removed));
    }

    private String warning() {
        StringBuilder text =
                new StringBuilder("This will remove all experiments except those derived from the workspace");
        if (commits) {
            text.append(" and all git commits");
        } else {
            if (branches && tags) {
                text.append(" and all git branches and tags");
            } else if (branches) {
                text.append(" and all git branches");
            } else if (tags) {
                text.append(" and all git tags");
            }
            if (date != null) {
                text.append(" and all git commits before date ").append(date);
            }
        }
        text.append(" of the current repo.");
        return text.append(
                        queued
                                ? " Run queued experiments will be preserved."
                                : " Run queued experiments will be removed.")
                .toString();
    }

    private @Nullable Instant since() {
        if (date == null) {
            return null;
        }
        try {
            return LocalDate.parse(date).atStartOfDay(ZoneId.systemDefault()).toInstant();
        } catch (DateTimeParseException e) {
            throw new CommandFailure(
                    ExitCodes.USAGE, "argument --date: '%s' is not a day".formatted(date), "Write it as 2026-01-31.");
        }
    }
}

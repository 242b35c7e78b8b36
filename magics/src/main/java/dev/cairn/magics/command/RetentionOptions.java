package dev.cairn.magics.command;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of what collects garbage: whose things are kept, and whether it asks first. */
final class RetentionOptions {
    @Option(
            names = {"-w", "--workspace"},
            description = "Keep what belongs to the workspace.")
    boolean workspace;

    @Option(
            names = {"-a", "--all-branches"},
            description = "Keep what belongs to the tips of all branches.")
    boolean branches;

    @Option(
            names = {"-T", "--all-tags"},
            description = "Keep what belongs to all tags.")
    boolean tags;

    @Option(
            names = {"-A", "--all-commits"},
            description = "Keep what belongs to any commit.")
    boolean commits;

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            description = "Keep what belongs to commits made on that day or later.")
    private @Nullable String date;

    @Option(
            names = {"-f", "--force"},
            description = "Do it without asking.")
    boolean force;

    /** Whether any of the options that keep something was given. */
    boolean isGiven() {
        return workspace || branches || tags || commits || date != null;
    }

    /** The beginning of the day that was given. */
    @Nullable
    Instant since() {
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

    /** What is kept beside the workspace's, as DVC words it. */
    String description() {
        if (commits) {
            return " and all git commits";
        }
        String tips = branches && tags
                ? " and all git branches and tags"
                : branches ? " and all git branches" : tags ? " and all git tags" : "";
        return tips + (date == null ? "" : " and all git commits before date " + date);
    }

    /**
     * Asks whether to go on, unless told not to.
     *
     * @throws CommandFailure when the answer is no
     */
    void ask(CommandContext context) {
        if (!force && !context.io().consent().test("Are you sure you want to proceed?")) {
            throw new CommandFailure(
                    ExitCodes.DIFFERENT, "", "Nothing was removed. Add -f to go on without a question.");
        }
    }
}

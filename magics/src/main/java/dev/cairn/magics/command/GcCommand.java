package dev.cairn.magics.command;

import dev.cairn.engine.data.DataTransfer;
import dev.cairn.engine.experiment.GarbageCollector;
import dev.cairn.engine.experiment.GarbageCollector.Collected;
import dev.cairn.magics.render.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code gc}. */
final class GcCommand extends DvcCommand {
    private static final int DEFAULT_JOBS = 4;

    @Option(
            names = {"-w", "--workspace"},
            description = "Keep what the workspace uses.")
    private boolean workspace;

    @Option(names = "--rev", paramLabel = "COMMIT", description = "Keep what the commit uses too.")
    private @Nullable String revision;

    @Option(
            names = {"-n", "--num"},
            paramLabel = "N",
            description = "With --rev: and so many commits back from it.")
    private int num = 1;

    @Option(
            names = {"-a", "--all-branches"},
            description = "Keep what the tips of all branches use.")
    private boolean branches;

    @Option(
            names = {"-T", "--all-tags"},
            description = "Keep what all tags use.")
    private boolean tags;

    @Option(
            names = {"-A", "--all-commits"},
            description = "Keep what any commit uses.")
    private boolean commits;

    @Option(names = "--all-experiments", description = "Keep what experiments and their checkpoints use.")
    private boolean experiments;

    @Option(names = "--date", paramLabel = "YYYY-MM-DD", description = "Keep what commits since that day use.")
    private @Nullable String date;

    @Option(
            names = {"-c", "--cloud"},
            description = "Clean the remote too.")
    private boolean cloud;

    @Option(
            names = {"-r", "--remote"},
            paramLabel = "NAME",
            description = "With --cloud: the remote; the default one when it is not given.")
    private @Nullable String remote;

    @Option(
            names = {"-f", "--force"},
            description = "Do it without asking.")
    private boolean force;

    @Override
    Object run(CommandContext context) {
        boolean isScoped = workspace || branches || tags || commits || experiments || date != null || revision != null;
        if (!isScoped) {
            throw new CommandFailure(
                    ExitCodes.ERROR,
                    "Either of `-w|--workspace`, `-a|--all-branches`, `-T|--all-tags` `--all-experiments`, `--all-commits`, `--date` or `--rev` needs to be set.",
                    "");
        }
        GarbageCollector.Scope scope = new GarbageCollector.Scope(
                revision == null ? List.of() : List.of(revision), num, branches, tags, commits, experiments, since());
        Optional<DataTransfer> cleaned = cloud
                ? Optional.of(new DataTransfer(context.project(), Optional.ofNullable(remote), DEFAULT_JOBS))
                : Optional.empty();
        context.warn(List.of(
                "This will remove all cache except items used in the workspace" + kept() + " of the current repo."));
        if (!force) {
            throw new CommandFailure(ExitCodes.DIFFERENT, "nothing was removed", "Add -f to go on.");
        }
        Collected collected = new GarbageCollector(context.project()).collect(scope, cleaned);
        String onRemote = cleaned.map(transfer -> report(collected.remoteObjects(), 0, transfer.remoteName()))
                .orElse("");
        return Text.exactly(report(collected.objects(), collected.bytes(), "local") + onRemote);
    }

    private String kept() {
        List<String> kept = new ArrayList<>();
        if (revision != null) {
            kept.add("last %d commits from %s".formatted(num, revision));
        }
        if (date != null) {
            kept.add("all git commits since " + date);
        }
        if (commits) {
            kept.add("all git commits");
        } else {
            if (branches) {
                kept.add("all git branches");
            }
            if (tags) {
                kept.add("all git tags");
            }
        }
        if (experiments) {
            kept.add("all experiments");
        }
        return kept.isEmpty() ? "" : " and " + String.join(" and ", kept);
    }

    private static String report(int objects, long bytes, String place) {
        if (objects == 0) {
            return "No unused '%s' cache to remove.\n".formatted(place);
        }
        String size = bytes == 0 ? "" : String.format(Locale.ROOT, " (%.1f MB)", bytes / 1e6);
        return "Removed %d object%s%s from the '%s' cache.\n".formatted(objects, objects == 1 ? "" : "s", size, place);
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

    @Override
    Set<String> notSupportedYet() {
        return Set.of("--not-in-remote", "-j", "--jobs", "-p", "--projects");
    }
}

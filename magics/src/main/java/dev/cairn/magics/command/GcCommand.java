package dev.cairn.magics.command;

import dev.cairn.engine.data.DataTransfer;
import dev.cairn.engine.experiment.GarbageCollector;
import dev.cairn.engine.experiment.GarbageCollector.Collected;
import dev.cairn.magics.render.Text;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
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
    private @Nullable Integer num;

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

    @Option(names = "--not-in-remote", description = "Keep only what the remote does not have.")
    private boolean notInRemote;

    @Option(
            names = {"-p", "--projects"},
            arity = "0..*",
            paramLabel = "DIR",
            description = "Keep what these projects use too, which share the cache.")
    private List<String> projects = new ArrayList<>();

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "How many files at a time.")
    private int jobs = DEFAULT_JOBS;

    @Option(names = "--dry", description = "Only tell what would be removed.")
    private boolean dry;

    @Option(
            names = {"-f", "--force"},
            description = "Do it without asking.")
    private boolean force;

    @Override
    Object run(CommandContext context) {
        requireSensible();
        GarbageCollector.Scope scope = new GarbageCollector.Scope(
                revision == null ? List.of() : List.of(revision),
                count(),
                branches,
                tags,
                commits,
                experiments,
                since());
        Optional<DataTransfer> transfer = cloud || notInRemote
                ? Optional.of(new DataTransfer(context.project(), Optional.ofNullable(remote), Math.max(1, jobs)))
                : Optional.empty();
        Optional<DataTransfer> cleaned = transfer.filter(t -> cloud);
        Path directory = context.environment().workingDirectory();
        List<Path> others = projects.stream()
                .map(name -> directory.resolve(name).normalize())
                .toList();
        context.warn(List.of("This will remove all cache except items used in the workspace" + kept(others)));
        cleaned.filter(t -> !t.isCleaned())
                .ifPresent(t -> context.warn(List.of(
                        "The remote '%s' is left as it is: like DVC, gc cleans one only if its path is absolute."
                                .formatted(t.remoteName()))));
        if (!force && !dry && !context.io().consent().test("Are you sure you want to proceed?")) {
            throw new CommandFailure(
                    ExitCodes.DIFFERENT, "", "Nothing was removed. Add -f to go on without a question.");
        }
        Predicate<String> mayLose = question -> force || context.io().consent().test(question);
        Collected collected = new GarbageCollector(context.project())
                .collect(
                        scope,
                        new GarbageCollector.Request(cleaned, transfer.filter(t -> notInRemote), others, dry, mayLose));
        String onRemote = cleaned.map(t -> report(collected.remoteObjects(), 0, t.remoteName()))
                .orElse("");
        return Text.exactly(report(collected.objects(), collected.bytes(), "local") + onRemote);
    }

    private int count() {
        return num == null ? 1 : num;
    }

    private void requireSensible() {
        if (remote != null && !cloud && !notInRemote) {
            throw refusal("`--remote` requires `--cloud` or `--not-in-remote`");
        }
        if (notInRemote && cloud) {
            throw refusal("`--not-in-remote` and `--cloud` are mutually exclusive");
        }
        boolean isScoped = workspace
                || branches
                || tags
                || commits
                || experiments
                || date != null
                || revision != null
                || num != null;
        if (!isScoped) {
            throw refusal(
                    "Either of `-w|--workspace`, `-a|--all-branches`, `-T|--all-tags` `--all-experiments`, `--all-commits`, `--date` or `--rev` needs to be set.");
        }
        if (num != null && num != 0 && revision == null) {
            throw refusal("`--num` can only be used alongside `--rev`");
        }
    }

    private static CommandFailure refusal(String message) {
        return new CommandFailure(ExitCodes.ERROR, message, "");
    }

    private String kept(List<Path> others) {
        StringBuilder kept = new StringBuilder();
        if (commits) {
            kept.append(" and all git commits");
        } else {
            if (branches && tags) {
                kept.append(" and all git branches and tags");
            } else if (branches) {
                kept.append(" and all git branches");
            } else if (tags) {
                kept.append(" and all git tags");
            }
            if (date != null) {
                kept.append(" and all git commits before date ").append(date);
            }
            if (revision != null) {
                kept.append(" and last %d commits from %s".formatted(count(), revision));
            }
        }
        if (experiments) {
            kept.append(" and all experiments");
        }
        if (notInRemote) {
            kept.append(" that are present in the DVC remote");
        }
        if (others.isEmpty()) {
            return kept.append(" of the current repo.").toString();
        }
        kept.append(" of the current and the following repos:");
        others.forEach(path -> kept.append("\n  - ").append(path));
        return kept.toString();
    }

    private String report(int objects, long bytes, String place) {
        if (objects == 0) {
            return place.equals("local")
                    ? "No unused 'local' cache to remove.\n"
                    : "No unused cache to remove from remote.\n";
        }
        String size = bytes == 0 ? "" : String.format(Locale.ROOT, " (%.1f MB)", bytes / 1e6);
        return "%s %d object%s%s from the '%s' cache.\n"
                .formatted(dry ? "Would remove" : "Removed", objects, objects == 1 ? "" : "s", size, place);
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

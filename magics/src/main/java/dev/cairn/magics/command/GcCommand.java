package dev.cairn.magics.command;

import dev.cairn.engine.data.DataTransfer;
import dev.cairn.engine.experiment.GarbageCollector;
import dev.cairn.engine.experiment.GarbageCollector.Collected;
import dev.cairn.magics.render.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gc}. */
final class GcCommand extends DvcCommand {
    @Mixin
    private RetentionOptions retention = new RetentionOptions();

    @Option(names = "--rev", paramLabel = "COMMIT", description = "Keep what the commit uses too.")
    private @Nullable String revision;

    @Option(
            names = {"-n", "--num"},
            paramLabel = "N",
            description = "With --rev: and so many commits back from it.")
    private @Nullable Integer num;

    @Option(names = "--all-experiments", description = "Keep what experiments and their checkpoints use.")
    private boolean experiments;

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
    private int jobs = TransferOptions.DEFAULT_JOBS;

    @Option(names = "--dry", description = "Only tell what would be removed.")
    private boolean dry;

    @Override
    Object run(CommandContext context) {
        requireSensible();
        GarbageCollector.Scope scope = new GarbageCollector.Scope(
                revision == null ? List.of() : List.of(revision),
                count(),
                retention.branches,
                retention.tags,
                retention.commits,
                experiments,
                retention.since());
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
        if (!dry) {
            retention.ask(context);
        }
        Predicate<String> mayLose =
                question -> retention.force || context.io().consent().test(question);
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
        boolean isScoped = retention.isGiven() || experiments || revision != null || num != null;
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
        StringBuilder kept = new StringBuilder(retention.description());
        if (revision != null && !retention.commits) {
            kept.append(" and last %d commits from %s".formatted(count(), revision));
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
}

package dev.cairn.magics.command;

import dev.cairn.engine.data.DataTransfer;
import dev.cairn.engine.data.DataTransfer.Transferred;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that {@code push}, {@code fetch} and {@code pull} share. */
final class TransferOptions {
    static final Set<String> NOT_SUPPORTED_YET = Set.of(
            "-a",
            "--all-branches",
            "-T",
            "--all-tags",
            "-A",
            "--all-commits",
            "-d",
            "--with-deps",
            "-R",
            "--recursive",
            "--glob",
            "--allow-missing");

    private static final int DEFAULT_JOBS = 4;

    @Parameters(arity = "0..*", paramLabel = "TARGET", description = "Stages or files; all when none is given.")
    List<String> targets = new ArrayList<>();

    @Option(names = "--run-cache", description = "Also what runs gave before.")
    boolean runCache;

    @Option(
            names = {"-r", "--remote"},
            paramLabel = "NAME",
            description = "The remote; the default one when it is not given.")
    private @Nullable String remote;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "How many files at a time.")
    private int jobs = DEFAULT_JOBS;

    DataTransfer transfer(CommandContext context) {
        return new DataTransfer(context.project(), Optional.ofNullable(remote), Math.max(1, jobs));
    }

    /** Copies from the remote what the cache has not, if there is anything that a remote has to have. */
    Transferred fetch(CommandContext context) {
        boolean isWithoutRemote = remote == null
                && context.project().config().get("core", "remote").isEmpty();
        return isWithoutRemote && !runCache && !DataTransfer.concerns(context.project(), targets)
                ? new Transferred(0, List.of(), List.of())
                : transfer(context).fetch(targets, runCache);
    }

    /** Tells of content that is nowhere, and refuses to call it success when copies failed. */
    static void check(CommandContext context, Transferred done, String verb) {
        if (!done.missing().isEmpty()) {
            context.warn(
                    List.of("Some of the cache files do not exist neither locally nor on remote. Missing cache files:\n"
                            + done.missing().stream()
                                    .map(hash -> "md5: " + hash)
                                    .collect(Collectors.joining("\n"))));
        }
        if (!done.failed().isEmpty()) {
            List<String> parts = new ArrayList<>();
            Changes.count(parts, done.failed().size(), "failed");
            context.io().out().print(Changes.joined(parts) + "\n");
            throw new CommandFailure(
                    ExitCodes.DIFFERENT,
                    "failed to %s - %d files failed to %s:\n%s"
                            .formatted(verb + " data", done.failed().size(), verb, String.join("\n", done.failed())),
                    "");
        }
    }
}

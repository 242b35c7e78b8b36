package dev.cairn.magics.command;

import dev.cairn.engine.data.DataTransfer;
import dev.cairn.engine.data.DataTransfer.Transferred;
import dev.cairn.engine.data.ImportFetcher;
import dev.cairn.engine.data.TransferScope;
import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.project.Globs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The arguments that {@code push}, {@code fetch} and {@code pull} share. */
final class TransferOptions {
    static final int DEFAULT_JOBS = 4;

    @Mixin
    SelectionOptions options = new SelectionOptions();

    @Mixin
    private ScopeOptions scope = new ScopeOptions();

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

    /** Brings what comes from other repositories; tells how many files. */
    int fetchImports(CommandContext context, String prefix) throws InterruptedException {
        try {
            return new ImportFetcher(context.project(), context.io().listener()).fetch(options.targets);
        } catch (UnknownNameException e) {
            throw new CommandFailure(ExitCodes.DIFFERENT, prefix + " - " + e.getMessage(), e.hint());
        }
    }

    /** Copies from the remote what the cache has not, if there is anything that a remote has to have. */
    Transferred fetch(CommandContext context) {
        boolean isWithoutRemote = remote == null
                && context.project().config().get("core", "remote").isEmpty();
        return isWithoutRemote && !runCache && !DataTransfer.concerns(context.project(), scope())
                ? new Transferred(0, List.of(), List.of())
                : transfer(context).fetch(scope(), runCache);
    }

    TransferScope scope() {
        return scope.of(options.selection());
    }

    /** Replaces the targets by what matches them. */
    List<String> expand(CommandContext context) {
        Path directory = context.environment().workingDirectory();
        List<String> found = options.targets.stream()
                .flatMap(pattern -> Globs.expand(directory, pattern).stream())
                .toList();
        if (found.isEmpty()) {
            throw new EngineException(
                    "Glob ['%s'] has no matches.".formatted(String.join("', '", options.targets)), "");
        }
        options.targets = found;
        return found;
    }

    /** Tells of content that is nowhere, and refuses to call it success when copies failed. */
    static void check(CommandContext context, Transferred done, String verb) {
        if (!done.missing().isEmpty()) {
            context.warn(
                    List.of("Some of the cache files do not exist neither locally nor on remote. Missing cache files:\n"
                            + done.missing().stream()
                                    .map(object -> "name: %s, md5: %s"
                                            .formatted(
                                                    Objects.requireNonNullElse(object.path(), "None"), object.hash()))
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

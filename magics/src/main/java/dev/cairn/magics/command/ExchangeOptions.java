package dev.cairn.magics.command;

import dev.cairn.engine.data.DataTransfer;
import dev.cairn.engine.experiment.ExperimentSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that {@code exp push} and {@code exp pull} share. */
final class ExchangeOptions {
    @Parameters(index = "0", paramLabel = "GIT_REMOTE", description = "Name, URL or path of a Git repository.")
    String remote = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "EXPERIMENT", description = "Names of experiments.")
    private List<String> names = new ArrayList<>();

    @Mixin
    private RevisionOptions commits = new RevisionOptions();

    @Option(names = "--no-cache", description = "Leave cached outputs alone.")
    boolean withoutCache;

    @Option(
            names = {"-r", "--remote"},
            paramLabel = "NAME",
            description = "The DVC remote for cached outputs; the default one when it is not given.")
    private @Nullable String storage;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "How many files at a time.")
    private int jobs = TransferOptions.DEFAULT_JOBS;

    @Option(names = "--run-cache", description = "Also what runs gave before.")
    boolean runCache;

    ExperimentSelection selection() {
        ExperimentSelection selection = commits.selection(names);
        if (selection.isEmpty()) {
            throw new CommandFailure(
                    ExitCodes.ERROR,
                    "Either provide an `experiment` argument, or use the `--rev` or `--all-commits` flag.",
                    "");
        }
        return selection;
    }

    DataTransfer transfer(CommandContext context) {
        return new DataTransfer(context.project(), Optional.ofNullable(storage), Math.max(1, jobs));
    }
}

package dev.cairn.magics.command;

import dev.cairn.engine.data.DataTransfer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that send data straight to a remote, and not into the workspace. */
final class ToRemoteOptions {
    @Option(names = "--to-remote", description = "Send the data straight to a remote, and not here.")
    private boolean toRemote;

    @Option(
            names = {"-r", "--remote"},
            paramLabel = "NAME",
            description = "With --to-remote: the remote; the default one when it is not given.")
    private @Nullable String remote;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "With --to-remote: how many files at a time.")
    private @Nullable Integer jobs;

    /** Whether data goes to a remote. */
    boolean isGiven() {
        return toRemote;
    }

    /** Whether a remote was named and nothing is to go there. */
    boolean isRemoteInVain() {
        return remote != null && !toRemote;
    }

    /** Whether a number of jobs was given and nothing is to be sent. */
    boolean areJobsInVain() {
        return jobs != null && !toRemote;
    }

    /** What sends the data, if it goes to a remote. */
    Optional<DataTransfer> transfer(CommandContext context) {
        return toRemote
                ? Optional.of(new DataTransfer(
                        context.project(),
                        Optional.ofNullable(remote),
                        jobs == null ? TransferOptions.DEFAULT_JOBS : Math.max(1, jobs)))
                : Optional.empty();
    }
}

package dev.cairn.magics.command;

import dev.cairn.engine.data.DataTransfer;
import dev.cairn.engine.data.ImportUpdater;
import dev.cairn.engine.error.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code update}. */
final class UpdateCommand extends DvcCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = ".dvc files of imported data.")
    private List<String> targets = new ArrayList<>();

    @Option(names = "--rev", paramLabel = "COMMIT", description = "Go over to this branch, tag or commit.")
    private @Nullable String revision;

    @Option(
            names = {"-R", "--recursive"},
            description = "Targets may be directories: the imports in them.")
    private boolean recursive;

    @Option(names = "--no-download", description = "Write down the version, but leave the data where it is.")
    private boolean noDownload;

    @Option(names = "--to-remote", description = "Send the data to the remote, and not here.")
    private boolean toRemote;

    @Option(
            names = {"-r", "--remote"},
            paramLabel = "NAME",
            description = "With --to-remote: the remote; the default one when it is not given.")
    private @Nullable String remote;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "With --to-remote: how many copies at a time.")
    private int jobs = 1;

    @Override
    @Nullable
    Object run(CommandContext context) throws InterruptedException {
        try {
            if (toRemote && noDownload) {
                throw new EngineException("--to-remote can't be used with --no-download", "");
            }
            if (remote != null && !toRemote) {
                throw new EngineException("--remote can't be used without --to-remote", "");
            }
            DataTransfer transfer =
                    toRemote ? new DataTransfer(context.project(), Optional.ofNullable(remote), jobs) : null;
            new ImportUpdater(context.project(), context.io().listener())
                    .update(new ImportUpdater.Request(targets, revision, recursive, !noDownload, transfer));
        } catch (EngineException e) {
            throw new CommandFailure(ExitCodes.DIFFERENT, "failed update data - " + e.getMessage(), e.hint());
        }
        return null;
    }
}

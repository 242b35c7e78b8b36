package dev.cairn.magics.command;

import dev.cairn.engine.data.ImportUpdater;
import dev.cairn.engine.error.EngineException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private ToRemoteOptions toRemote = new ToRemoteOptions();

    @Override
    @Nullable
    Object run(CommandContext context) throws InterruptedException {
        try {
            if (toRemote.isGiven() && noDownload) {
                throw new EngineException("--to-remote can't be used with --no-download", "");
            }
            if (toRemote.isRemoteInVain()) {
                throw new EngineException("--remote can't be used without --to-remote", "");
            }
            new ImportUpdater(context.project(), context.io().listener())
                    .update(new ImportUpdater.Request(
                            targets,
                            revision,
                            recursive,
                            !noDownload,
                            toRemote.transfer(context).orElse(null)));
        } catch (EngineException e) {
            throw new CommandFailure(ExitCodes.DIFFERENT, "failed update data - " + e.getMessage(), e.hint());
        }
        return null;
    }
}

package dev.cairn.magics.command;

import dev.cairn.engine.data.Downloader;
import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.MissingDataException;
import dev.cairn.magics.render.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code get}. */
final class GetCommand extends DvcCommand {
    @Mixin
    private RepositoryPathOptions source = new RepositoryPathOptions();

    @Option(names = "--show-url", description = "Only tell where the repository keeps the content.")
    private boolean showUrl;

    @Option(
            names = {"-f", "--force"},
            description = "Replace what is in its place.")
    private boolean force;

    @Override
    @Nullable
    Object run(CommandContext context) {
        Downloader downloader = new Downloader(context.environment());
        if (showUrl) {
            return Text.lines(downloader.address(source.url, source.path, source.revision));
        }
        try {
            downloader.get(source.url, source.path, source.revision, source.out, force);
        } catch (MissingDataException e) {
            throw e; // DVC ends with 255 here
        } catch (EngineException e) {
            throw new CommandFailure(
                    ExitCodes.DIFFERENT,
                    "failed to get '%s' from '%s' - %s".formatted(source.path, source.url, e.getMessage()),
                    e.hint());
        }
        return null;
    }
}

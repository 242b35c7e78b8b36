package dev.cairn.magics.command;

import dev.cairn.engine.data.Downloader;
import dev.cairn.engine.error.EngineException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code get-url}. */
final class GetUrlCommand extends DvcCommand {
    @Parameters(index = "0", paramLabel = "URL", description = "A file, a folder, or an address of the web.")
    private String url = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "OUT",
            description = "Where to put it; its own name when it is not given.")
    private @Nullable String out;

    @Option(
            names = {"-f", "--force"},
            description = "Replace what is in its place.")
    private boolean force;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "Taken, but without effect: files are copied one by one.")
    int jobs;

    @Override
    @Nullable
    Object run(CommandContext context) throws InterruptedException {
        try {
            new Downloader(context.environment()).getUrl(url, out, force);
        } catch (EngineException e) {
            throw new CommandFailure(
                    ExitCodes.DIFFERENT, "failed to get '%s' - %s".formatted(url, e.getMessage()), e.hint());
        }
        return null;
    }
}

package dev.cairn.magics.command;

import dev.cairn.engine.data.Downloader;
import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.MissingDataException;
import dev.cairn.magics.render.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code get}. */
final class GetCommand extends DvcCommand {
    @Parameters(index = "0", paramLabel = "URL", description = "A DVC or Git repository: directory or address.")
    private String url = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "File or directory in the repository.")
    private String path = "";

    @Option(
            names = {"-o", "--out"},
            paramLabel = "PATH",
            description = "Where to put it; its own name when it is not given.")
    private @Nullable String out;

    @Option(names = "--rev", paramLabel = "COMMIT", description = "Branch, tag or commit of the repository.")
    private @Nullable String revision;

    @Option(names = "--show-url", description = "Only tell where the repository keeps the content.")
    private boolean showUrl;

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
    Object run(CommandContext context) {
        Downloader downloader = new Downloader(context.environment());
        if (showUrl) {
            return Text.lines(downloader.address(url, path, revision));
        }
        try {
            downloader.get(url, path, revision, out, force);
        } catch (MissingDataException e) {
            throw e; // DVC ends with 255 here
        } catch (EngineException e) {
            throw new CommandFailure(
                    ExitCodes.DIFFERENT,
                    "failed to get '%s' from '%s' - %s".formatted(path, url, e.getMessage()),
                    e.hint());
        }
        return null;
    }
}

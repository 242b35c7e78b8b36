package dev.cairn.magics.command;

import dev.cairn.engine.data.ImportRequest;
import dev.cairn.engine.data.ImportRequest.Extent;
import dev.cairn.engine.data.Importer;
import dev.cairn.engine.error.EngineException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import-url}. */
final class ImportUrlCommand extends DvcCommand {
    @Parameters(index = "0", paramLabel = "URL", description = "A file, a folder, or an address of the web.")
    private String url = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "OUT",
            description = "Where to put it; its own name when it is not given.")
    private @Nullable String out;

    @Option(names = "--file", paramLabel = "FILE", description = "The .dvc file to write.")
    private @Nullable String file;

    @Option(names = "--no-exec", description = "Only write the .dvc file.")
    private boolean noExec;

    @Option(names = "--no-download", description = "Write down the version, but leave the data where it is.")
    private boolean noDownload;

    @Option(
            names = {"-f", "--force"},
            description = "Replace what is in its place.")
    private boolean force;

    @Mixin
    private ToRemoteOptions toRemote = new ToRemoteOptions();

    @Mixin
    private AnnotationOptions annotations = new AnnotationOptions();

    @Override
    @Nullable
    Object run(CommandContext context) throws InterruptedException {
        if (noExec && noDownload) {
            throw new CommandFailure(
                    ExitCodes.USAGE, "argument --no-download: not allowed with argument --no-exec", "");
        }
        try {
            Importer.Imported imported = new Importer(
                            context.project(), context.io().listener())
                    .run(request(), toRemote.transfer(context).orElse(null));
            context.gitHint(imported.gitPaths());
        } catch (EngineException e) {
            throw new CommandFailure(
                    ExitCodes.DIFFERENT,
                    "failed to import %s. You could also try downloading it manually, and adding it with `dvc add`. - %s"
                            .formatted(url, e.getMessage()),
                    e.hint());
        }
        return null;
    }

    private ImportRequest request() {
        if (toRemote.isGiven() && (noExec || noDownload)) {
            throw new EngineException(
                    "--no-exec/--no-download/--version-aware cannot be combined with --to-remote", "");
        }
        if (toRemote.isRemoteInVain()) {
            throw new EngineException("--remote can't be used without --to-remote", "");
        }
        Extent extent = noExec ? Extent.NO_EXEC : noDownload ? Extent.NO_DOWNLOAD : Extent.WHOLE;
        return new ImportRequest(
                url,
                null,
                null,
                out,
                file,
                toRemote.isGiven() ? Extent.TO_REMOTE : extent,
                force,
                annotations.values());
    }

    @Override
    Set<String> notSupportedYet() {
        return Set.of("--version-aware");
    }
}

package dev.cairn.magics.command;

import dev.cairn.engine.data.ImportRequest;
import dev.cairn.engine.data.ImportRequest.Extent;
import dev.cairn.engine.data.Importer;
import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.MissingDataException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code import}. */
final class ImportCommand extends DvcCommand {
    @Mixin
    private RepositoryPathOptions source = new RepositoryPathOptions();

    @Option(names = "--file", paramLabel = "FILE", description = "The .dvc file to write.")
    private @Nullable String file;

    @Option(names = "--no-exec", description = "Only write the .dvc file.")
    private boolean noExec;

    @Option(names = "--no-download", description = "Write down the version, but leave the data where it is.")
    private boolean noDownload;

    @Mixin
    private AnnotationOptions annotations = new AnnotationOptions();

    @Override
    @Nullable
    Object run(CommandContext context) throws InterruptedException {
        if (noExec && noDownload) {
            throw new CommandFailure(
                    ExitCodes.USAGE, "argument --no-download: not allowed with argument --no-exec", "");
        }
        ImportRequest request = new ImportRequest(
                source.url,
                source.path,
                source.revision,
                source.out,
                file,
                noExec ? Extent.NO_EXEC : noDownload ? Extent.NO_DOWNLOAD : Extent.WHOLE,
                false,
                annotations.values());
        try {
            Importer.Imported imported =
                    new Importer(context.project(), context.io().listener()).run(request, null);
            context.gitHint(imported.gitPaths());
        } catch (MissingDataException e) {
            throw e; // DVC ends with 255 here
        } catch (EngineException e) {
            throw new CommandFailure(
                    ExitCodes.DIFFERENT,
                    "failed to import '%s' from '%s'. - %s".formatted(source.path, source.url, e.getMessage()),
                    e.hint());
        }
        return null;
    }
}

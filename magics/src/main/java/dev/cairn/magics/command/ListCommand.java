package dev.cairn.magics.command;

import dev.cairn.engine.data.Downloader;
import dev.cairn.engine.source.SourceRepository;
import dev.cairn.engine.source.SourceTree;
import dev.cairn.magics.render.Text;
import dev.cairn.store.json.PythonJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code list}. */
final class ListCommand extends DvcCommand {
    @Parameters(index = "0", paramLabel = "URL", description = "A DVC or Git repository: directory or address.")
    private String url = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PATH",
            description = "Directory in it; its top when it is not given.")
    private @Nullable String path;

    @Option(
            names = {"-R", "--recursive"},
            description = "Files at any depth.")
    private boolean recursive;

    @Option(names = "--dvc-only", description = "Only what DVC tracks.")
    private boolean onlyTracked;

    @Option(
            names = {"--json", "--show-json"},
            description = "Write JSON.")
    private boolean json;

    @Option(names = "--rev", paramLabel = "COMMIT", description = "Branch, tag or commit of the repository.")
    private @Nullable String revision;

    @Override
    Object run(CommandContext context) {
        List<SourceTree.Entry> entries;
        try {
            entries = new Downloader(context.environment())
                    .list(url, path == null ? "" : path, revision, recursive, onlyTracked);
        } catch (SourceRepository.SourceException e) {
            throw new CommandFailure(
                    ExitCodes.DIFFERENT, "failed to list '%s' - %s".formatted(url, e.getMessage()), e.hint());
        }
        if (json) {
            return Text.lines(PythonJson.dumps(
                    entries.stream().map(ListCommand::json).collect(Collectors.toCollection(ArrayList::new))));
        }
        return Text.lines(entries.stream().map(SourceTree.Entry::path).collect(Collectors.joining("\n")));
    }

    private static Map<String, Object> json(SourceTree.Entry entry) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("isout", entry.isOutput());
        out.put("isdir", entry.isDirectory());
        out.put("isexec", entry.isExecutable());
        out.put("path", entry.path());
        return out;
    }
}

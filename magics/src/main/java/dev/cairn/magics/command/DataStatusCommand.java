package dev.cairn.magics.command;

import dev.cairn.engine.data.DataStatus;
import dev.cairn.engine.data.DataStatusReader;
import dev.cairn.magics.render.DataStatusRendering;
import dev.cairn.magics.render.Text;
import picocli.CommandLine.Option;

/** {@code data status}. */
final class DataStatusCommand extends DvcCommand {
    private enum Untracked {
        NO,
        ALL
    }

    @Option(
            names = {"--json", "--show-json"},
            description = "Write JSON.")
    private boolean json;

    @Option(names = "--granular", description = "Show the files of directories.")
    private boolean granular;

    @Option(names = "--unchanged", description = "Show what did not change, too.")
    private boolean unchanged;

    @Option(
            names = "--untracked-files",
            arity = "0..1",
            fallbackValue = "all",
            paramLabel = "no|all",
            description = "Show files that Git does not know.")
    private Untracked untracked = Untracked.NO;

    @Option(names = "--not-in-remote", description = "Show what the default remote does not have.")
    private boolean notInRemote;

    @Option(names = "--no-remote-refresh", description = "Of no effect: the remote is always looked at.")
    @SuppressWarnings("UnusedVariable") // taken because DVC takes it
    private boolean noRemoteRefresh;

    @Override
    Object run(CommandContext context) {
        DataStatus status = new DataStatusReader(context.project())
                .read(new DataStatusReader.Options(granular, untracked == Untracked.ALL, notInRemote));
        DataStatusRendering rendering = new DataStatusRendering(status, unchanged);
        return json ? Text.lines(rendering.json()) : Text.exactly(rendering.text());
    }
}

package dev.cairn.magics.command;

import dev.cairn.engine.data.DataDiff;
import dev.cairn.engine.data.DataDiffer;
import dev.cairn.magics.render.DataDiffRendering;
import dev.cairn.magics.render.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diff}. */
final class DiffCommand extends DvcCommand {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "A",
            description = "Experiment, checkpoint or commit; HEAD when it is not given.")
    private String from = "HEAD";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "B",
            description = "The same; the workspace when it is not given.")
    private @Nullable String to;

    @Option(names = "--targets", arity = "0..*", paramLabel = "PATH", description = "Only these tracked paths.")
    private List<String> targets = new ArrayList<>();

    @Option(names = "--show-hash", description = "Show hashes, too.")
    private boolean showHash;

    @Option(names = "--hide-missing", description = "Leave out what is not in the cache.")
    private boolean hideMissing;

    @Mixin
    private FormatOptions format = new FormatOptions();

    @Override
    Object run(CommandContext context) {
        DataDiffer differ = new DataDiffer(context.project(), context.tools().experiments()::resolve);
        DataDiff diff = context.orFail("failed to get diff", () -> differ.compare(from, to, targets));
        DataDiffRendering rendering = new DataDiffRendering(diff, showHash, to == null && !hideMissing);
        if (format.json) {
            return Text.lines(rendering.json());
        }
        return format.markdown ? Text.markdown(rendering.markdown()) : Text.exactly(rendering.text());
    }
}

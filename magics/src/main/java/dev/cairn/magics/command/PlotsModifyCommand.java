package dev.cairn.magics.command;

import dev.cairn.engine.pipeline.PlotEditor;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.magics.render.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plots modify}. */
final class PlotsModifyCommand extends DvcCommand {
    @Parameters(index = "0", paramLabel = "FILE", description = "A plot that a stage makes.")
    private String target = "";

    @Mixin
    private PlotPropertyOptions properties = new PlotPropertyOptions();

    @Option(names = "--unset", arity = "0..*", paramLabel = "PROPERTY", description = "Take these out.")
    private @Nullable List<String> unset;

    @Override
    Object run(CommandContext context) {
        StageAddress stage = new PlotEditor(context.project()).modify(target, properties.given(context), unset);
        return Text.lines("Modifying stage '%s' in '%s'".formatted(stage.name(), stage.file()));
    }
}

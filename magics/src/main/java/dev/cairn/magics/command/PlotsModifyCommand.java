package dev.cairn.magics.command;

import dev.cairn.engine.pipeline.PlotEditor;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.magics.render.PlotTemplates;
import dev.cairn.magics.render.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plots modify}. */
final class PlotsModifyCommand extends DvcCommand {
    @Parameters(index = "0", paramLabel = "FILE", description = "A plot that a stage makes.")
    private String target = "";

    @Option(
            names = {"-t", "--template"},
            paramLabel = "NAME",
            description = "Kind of plot: see `plots templates`.")
    private @Nullable String template;

    @Option(names = "-x", paramLabel = "FIELD", description = "Field of the horizontal axis.")
    private @Nullable String x;

    @Option(names = "-y", paramLabel = "FIELD", description = "Field of the vertical axis.")
    private @Nullable String y;

    @Option(names = "--no-header", description = "The first row of a table is data.")
    private boolean withoutHeader;

    @Option(names = "--title", paramLabel = "TEXT", description = "Title of the plot.")
    private @Nullable String title;

    @Option(names = "--x-label", paramLabel = "TEXT", description = "Text at the horizontal axis.")
    private @Nullable String xLabel;

    @Option(names = "--y-label", paramLabel = "TEXT", description = "Text at the vertical axis.")
    private @Nullable String yLabel;

    @Option(names = "--unset", arity = "0..*", paramLabel = "PROPERTY", description = "Take these out.")
    private @Nullable List<String> unset;

    @Override
    Object run(CommandContext context) {
        PlotTemplates templates = PlotTemplates.of(
                context.project().dvcDirectory().resolve("plots"),
                context.environment().workingDirectory());
        if (template != null && !templates.has(template)) {
            throw new CommandFailure(
                    ExitCodes.ERROR,
                    "unexpected error - Template '%s' not found.".formatted(template),
                    "`plots templates` lists the templates there are.");
        }
        StageAddress stage = new PlotEditor(context.project()).modify(target, changes(), unset);
        return Text.lines("Modifying stage '%s' in '%s'".formatted(stage.name(), stage.file()));
    }

    private Map<String, Object> changes() {
        Map<String, Object> changes = new LinkedHashMap<>();
        put(changes, "template", template);
        put(changes, "x", x);
        put(changes, "y", y);
        put(changes, "title", title);
        put(changes, "x_label", xLabel);
        put(changes, "y_label", yLabel);
        if (withoutHeader) {
            changes.put("header", false);
        }
        return changes;
    }

    private static void put(Map<String, Object> map, String name, @Nullable Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }
}

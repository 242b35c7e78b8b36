package dev.cairn.magics.command;

import dev.cairn.magics.render.PlotTemplates;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a plot looks. */
final class PlotPropertyOptions {
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

    /** The templates of the project and DVC's own. */
    static PlotTemplates templates(CommandContext context) {
        return PlotTemplates.of(
                context.project().dvcDirectory().resolve("plots"),
                context.environment().workingDirectory());
    }

    /**
     * The properties that were given, by their names in dvc.yaml.
     *
     * @throws CommandFailure when there is no such template
     */
    Map<String, Object> given(CommandContext context) {
        if (template != null && !templates(context).has(template)) {
            throw new CommandFailure(
                    ExitCodes.ERROR,
                    "unexpected error - Template '%s' not found.".formatted(template),
                    "`plots templates` lists the templates there are.");
        }
        Map<String, Object> given = new LinkedHashMap<>();
        put(given, "template", template);
        put(given, "x", x);
        put(given, "y", y);
        put(given, "title", title);
        put(given, "x_label", xLabel);
        put(given, "y_label", yLabel);
        if (withoutHeader) {
            given.put("header", false);
        }
        return given;
    }

    private static void put(Map<String, Object> map, String name, @Nullable Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }
}

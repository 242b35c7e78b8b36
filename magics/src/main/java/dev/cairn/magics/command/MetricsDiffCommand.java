package dev.cairn.magics.command;

import dev.cairn.engine.metric.ValueDiff;
import dev.cairn.magics.render.DiffReport;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code metrics diff}. */
final class MetricsDiffCommand extends DvcCommand {
    @Mixin
    private DiffOptions options = new DiffOptions();

    @Option(names = "--targets", arity = "0..*", paramLabel = "FILE", description = "Only these files.")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = {"-R", "--recursive"},
            description = "Targets may be directories.")
    private boolean recursive;

    @Override
    Object run(CommandContext context) {
        ProjectTools tools = context.tools();
        List<String> paths = targets.stream().map(context.project()::relativize).toList();
        ValueDiff diff = context.orFail("failed to show metrics diff", () -> tools.metrics()
                .diff(tools.revision(options.from()), tools.revision(options.to()), paths, recursive, options.all));
        return options.answer(context, DiffReport.ofMetrics(diff, options.withPath(), options.precision));
    }
}

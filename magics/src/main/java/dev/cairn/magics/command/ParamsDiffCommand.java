package dev.cairn.magics.command;

import dev.cairn.engine.metric.ValueDiff;
import dev.cairn.magics.render.DiffReport;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code params diff}. */
final class ParamsDiffCommand extends DvcCommand {
    @Mixin
    private DiffOptions options = new DiffOptions();

    @Option(names = "--targets", arity = "0..*", paramLabel = "FILE", description = "Only these files.")
    private List<String> targets = new ArrayList<>();

    @Option(names = "--deps", description = "Only parameters that stages depend on.")
    private boolean onlyUsed;

    @Override
    Object run(CommandContext context) {
        ProjectTools tools = context.tools();
        List<String> paths = targets.stream().map(context.project()::relativize).toList();
        ValueDiff diff = context.orFail("failed to show params diff", () -> tools.params()
                .diff(tools.revision(options.from()), tools.revision(options.to()), paths, onlyUsed, options.all));
        return options.answer(context, DiffReport.ofParams(diff, options.withPath()));
    }
}

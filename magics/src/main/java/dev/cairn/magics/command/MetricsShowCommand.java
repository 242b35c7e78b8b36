package dev.cairn.magics.command;

import dev.cairn.engine.metric.FileValues;
import dev.cairn.engine.metric.RevisionData;
import dev.cairn.engine.metric.RevisionValues;
import dev.cairn.magics.render.MetricsReport;
import dev.cairn.magics.render.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code metrics show}. */
final class MetricsShowCommand extends DvcCommand {
    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Metric files; all when none is given.")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = {"-R", "--recursive"},
            description = "Targets may be directories.")
    private boolean recursive;

    @Option(names = "--precision", paramLabel = "N", description = "Digits behind the point.")
    private int precision;

    @Mixin
    private FormatOptions format = new FormatOptions();

    @Override
    Object run(CommandContext context) {
        ProjectTools tools = context.tools();
        List<String> paths = targets.stream().map(context.project()::relativize).toList();
        List<RevisionValues> values =
                tools.metrics().show(List.of(tools.revision(RevisionData.WORKSPACE)), paths, recursive);
        Map<String, Map<String, FileValues>> revisions = new LinkedHashMap<>();
        values.forEach(v -> revisions.put("", v.files()));
        MetricsReport report = new MetricsReport(revisions, precision);
        if (format.json) {
            return Text.lines(report.json());
        }
        if (values.stream().anyMatch(RevisionValues::hasErrors)) {
            context.io().err().print("DVC failed to load some metrics for following revisions: ''.\n");
        }
        return format.markdown ? Text.markdown(report.markdown()) : context.answer(report, report::text);
    }

    @Override
    Set<String> notSupportedYet() {
        return Set.of("-a", "--all-branches", "-T", "--all-tags", "-A", "--all-commits");
    }
}

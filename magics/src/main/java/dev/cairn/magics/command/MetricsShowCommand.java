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
import java.util.Objects;
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
    private ScopeOptions scope = new ScopeOptions();

    @Mixin
    private FormatOptions format = new FormatOptions();

    @Override
    Object run(CommandContext context) {
        ProjectTools tools = context.tools();
        List<String> paths = targets.stream().map(context.project()::relativize).toList();
        List<RevisionValues> values = tools.metrics().show(tools.revisions(scope), paths, recursive);
        Map<String, Map<String, FileValues>> revisions = new LinkedHashMap<>();
        boolean isSingle = scope.given().isEmpty();
        values.forEach(v -> revisions.put(isSingle ? "" : v.revision(), v.files()));
        if (!isSingle) {
            // The workspace is left out when the branch that is checked out has the same.
            String branch = context.project().git().headRef().orElse("").replaceFirst("^refs/heads/", "");
            if (Objects.equals(revisions.get(RevisionData.WORKSPACE), revisions.get(branch))) {
                revisions.remove(RevisionData.WORKSPACE);
            }
        }
        MetricsReport report = new MetricsReport(revisions, precision);
        if (format.json) {
            return Text.lines(report.json());
        }
        if (values.stream().anyMatch(RevisionValues::hasErrors)) {
            context.io().err().print("DVC failed to load some metrics for following revisions: ''.\n");
        }
        return format.markdown ? Text.markdown(report.markdown()) : context.answer(report, report::text);
    }
}

package dev.cairn.magics.command;

import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineGraph;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.pipeline.TargetResolver;
import dev.cairn.magics.render.DagReport;
import dev.cairn.magics.render.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dag}. */
final class DagCommand extends DvcCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "TARGET", description = "Only this stage and what it needs.")
    private @Nullable String target;

    @Option(names = "--dot", description = "Write it for Graphviz.")
    private boolean dot;

    @Option(names = "--mermaid", description = "Write it for Mermaid.")
    private boolean mermaid;

    @Option(
            names = {"--md", "--show-md"},
            description = "Write it for Mermaid, inside Markdown.")
    private boolean markdown;

    @Option(names = "--full", description = "The whole pipeline of the target.")
    private boolean full;

    @Override
    Object run(CommandContext context) {
        Pipeline pipeline = PipelineReader.read(context.project().workspace());
        PipelineGraph graph = new PipelineGraph(pipeline);
        Set<StageAddress> chosen = pipeline.stages().keySet();
        if (target != null) {
            Set<StageAddress> named =
                    new TargetResolver(pipeline, context.project().relativize(".")).resolveAll(List.of(target));
            chosen = full ? graph.connected(named) : graph.withUpstream(named);
        }
        Map<String, List<String>> needs = new LinkedHashMap<>();
        for (Stage stage : graph.topologicalOrder(chosen)) {
            needs.put(
                    stage.address().toString(),
                    graph.needs(stage.address()).stream()
                            .filter(chosen::contains)
                            .map(StageAddress::toString)
                            .toList());
        }
        DagReport report = new DagReport(needs);
        if (dot) {
            return Text.exactly(report.dot());
        }
        if (mermaid || markdown) {
            String text = report.mermaid();
            return markdown ? Text.markdown("```mermaid\n" + text + "```\n") : Text.exactly(text);
        }
        return context.answer(report, report::text);
    }

    @Override
    Set<String> notSupportedYet() {
        return Set.of("-o", "--outs");
    }
}

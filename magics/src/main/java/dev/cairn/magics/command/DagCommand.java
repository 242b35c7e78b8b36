package dev.cairn.magics.command;

import dev.cairn.engine.pipeline.Output;
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

    @Option(
            names = {"-o", "--outs"},
            description = "Show outputs instead of stages.")
    private boolean ofOutputs;

    @Option(names = "--full", description = "The whole pipeline of the target.")
    private boolean full;

    @Override
    Object run(CommandContext context) {
        Pipeline pipeline = PipelineReader.read(context.project().workspace());
        PipelineGraph graph = new PipelineGraph(pipeline);
        Set<StageAddress> chosen = pipeline.stages().keySet();
        if (target != null) {
            Set<StageAddress> named = new TargetResolver(pipeline, context.project()).resolveAll(List.of(target));
            chosen = full ? graph.connected(named) : graph.withUpstream(named);
        }
        List<Stage> stages = graph.topologicalOrder(chosen);
        Map<String, List<String>> needs = ofOutputs ? outputNeeds(stages) : stageNeeds(graph, stages, chosen);
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

    private static Map<String, List<String>> stageNeeds(
            PipelineGraph graph, List<Stage> stages, Set<StageAddress> chosen) {
        Map<String, List<String>> needs = new LinkedHashMap<>();
        for (Stage stage : stages) {
            needs.put(
                    stage.address().toString(),
                    graph.needs(stage.address()).stream()
                            .filter(chosen::contains)
                            .map(StageAddress::toString)
                            .toList());
        }
        return needs;
    }

    /** Each output needs the outputs that its stage reads: those at, in or around the path of a dependency. */
    private static Map<String, List<String>> outputNeeds(List<Stage> stages) {
        List<String> outputs = stages.stream()
                .flatMap(stage -> stage.outputs().stream())
                .map(Output::path)
                .toList();
        Map<String, List<String>> needs = new LinkedHashMap<>();
        for (Stage stage : stages) {
            List<String> read = outputs.stream()
                    .filter(output -> stage.fileDependencies().stream().anyMatch(d -> overlap(output, d.path())))
                    .toList();
            stage.outputs().forEach(output -> needs.put(output.path(), read));
        }
        return needs;
    }

    private static boolean overlap(String a, String b) {
        return a.equals(b) || a.startsWith(b + "/") || b.startsWith(a + "/");
    }
}

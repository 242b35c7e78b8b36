package dev.cairn.engine.reproduce;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineGraph;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.pipeline.TargetResolver;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.reproduce.ReproduceRequest.Flag;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which stages a request means, in the order they run. */
record ReproductionPlan(Project project, ReproduceRequest request) {
    List<Stage> stages(Pipeline pipeline, PipelineGraph graph) {
        Set<StageAddress> chosen = chosen(pipeline);
        if (request.has(Flag.SINGLE_ITEM)) {
            return graph.topologicalOrder(chosen);
        }
        // What a frozen stage reads is of no concern, unless something else needs it.
        PipelineGraph thawed = graph.withoutNeedsOfFrozen();
        if (request.has(Flag.PIPELINE) || request.has(Flag.ALL_PIPELINES)) {
            Set<StageAddress> whole =
                    request.has(Flag.ALL_PIPELINES) ? pipeline.stages().keySet() : graph.connected(chosen);
            Set<StageAddress> ends = new LinkedHashSet<>(whole);
            ends.removeIf(address -> !graph.neededBy(address).isEmpty());
            return graph.topologicalOrder(
                    request.has(Flag.DOWNSTREAM) ? thawed.withDownstream(ends) : thawed.withUpstream(ends));
        }
        return graph.topologicalOrder(
                request.has(Flag.DOWNSTREAM) ? thawed.withDownstream(chosen) : thawed.withUpstream(chosen));
    }

    private Set<StageAddress> chosen(Pipeline pipeline) {
        String here = project.relativize(".");
        if (request.targets().isEmpty() && !request.has(Flag.ALL_PIPELINES)) {
            String file = here.isEmpty() ? StageAddress.PIPELINE_FILE : here + "/" + StageAddress.PIPELINE_FILE;
            Set<StageAddress> chosen = new LinkedHashSet<>();
            pipeline.stages().keySet().stream()
                    .filter(a -> a.file().equals(file))
                    .forEach(chosen::add);
            if (chosen.isEmpty() && !project.workspace().exists(file)) {
                throw new EngineException(
                        "'%s' does not exist".formatted(file), "`stage add` makes one, or name a target.");
            }
            return chosen;
        }
        TargetResolver resolver = new TargetResolver(pipeline, project);
        Set<StageAddress> chosen = new LinkedHashSet<>();
        for (String target : request.targets()) {
            if (request.has(Flag.RECURSIVE) && resolver.isDirectory(target)) {
                chosen.addAll(resolver.inDirectory(target));
            } else if (request.has(Flag.GLOB)) {
                chosen.addAll(resolver.matching(target));
            } else {
                chosen.addAll(resolver.resolve(target).stages());
            }
        }
        return chosen;
    }
}

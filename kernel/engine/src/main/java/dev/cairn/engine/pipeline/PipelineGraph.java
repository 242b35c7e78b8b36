package dev.cairn.engine.pipeline;

import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.project.ProjectPath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which stage needs which: by the paths that one makes and another reads. Immutable, checked for overlaps and cycles when made. */
public final class PipelineGraph {
    private final Map<StageAddress, Stage> stages;
    private final Map<StageAddress, Set<StageAddress>> needs = new LinkedHashMap<>();
    private final Map<StageAddress, Set<StageAddress>> neededBy = new LinkedHashMap<>();

    /**
     * Links and checks the stages.
     *
     * @throws ConflictException when two stages make the same path or one inside the other's, or stages need each other in a circle
     */
    public PipelineGraph(Pipeline pipeline) {
        this.stages = pipeline.stages();
        TreeMap<String, StageAddress> makers = makers();
        stages.keySet().forEach(address -> {
            needs.put(address, new LinkedHashSet<>());
            neededBy.put(address, new LinkedHashSet<>());
        });
        stages.values().forEach(stage -> link(stage, makers));
        topologicalOrder(stages.keySet());
    }

    private TreeMap<String, StageAddress> makers() {
        TreeMap<String, StageAddress> makers = new TreeMap<>();
        for (Stage stage : stages.values()) {
            for (Output output : stage.outputs()) {
                StageAddress other = makers.putIfAbsent(output.path(), stage.address());
                if (other != null) {
                    throw new ConflictException(
                            "output '%s' is already specified in stages:\n\t- %s\n\t- %s\nUse `dvc remove %s %s` to stop tracking the overlapping output."
                                    .formatted(output.path(), other, stage.address(), other, stage.address()),
                            "Remove it from one of the two.");
                }
            }
        }
        for (Map.Entry<String, StageAddress> maker : makers.entrySet()) {
            String inside = makers.higherKey(maker.getKey() + "/");
            if (inside != null && inside.startsWith(maker.getKey() + "/")) {
                throw new ConflictException(
                        "The output paths:\n'%s'('%s')\n'%s'('%s')\noverlap and are thus in the same tracked directory.\nTo keep reproducibility, outputs should be in separate tracked directories or tracked individually."
                                .formatted(maker.getKey(), maker.getValue(), inside, makers.get(inside)),
                        "Give them separate directories.");
            }
        }
        return makers;
    }

    private void link(Stage stage, TreeMap<String, StageAddress> makers) {
        for (Dependency dependency : stage.dependencies()) {
            String path = dependency.path();
            for (String at = path; !at.isEmpty(); at = ProjectPath.parent(at)) {
                StageAddress maker = makers.get(at);
                if (maker != null) {
                    join(stage.address(), maker);
                }
            }
            for (Map.Entry<String, StageAddress> inside :
                    makers.tailMap(path + "/").entrySet()) {
                if (!inside.getKey().startsWith(path + "/")) {
                    break;
                }
                join(stage.address(), inside.getValue());
            }
        }
    }

    private void join(StageAddress from, StageAddress to) {
        if (from.equals(to)) {
            throw cycle(List.of(from));
        }
        java.util.Objects.requireNonNull(needs.get(from)).add(to);
        java.util.Objects.requireNonNull(neededBy.get(to)).add(from);
    }

    private static ConflictException cycle(Collection<StageAddress> members) {
        return new ConflictException(
                "Same item(s) are defined as both a dependency and an output in stages: %s."
                        .formatted(String.join(
                                ", ",
                                members.stream().map(StageAddress::toString).toList())),
                "Break the circle: a stage cannot need what is made from its own outputs.");
    }

    /** The same without what frozen stages need. */
    public PipelineGraph withoutNeedsOfFrozen() {
        if (stages.values().stream().noneMatch(Stage::frozen)) {
            return this;
        }
        return new PipelineGraph(this);
    }

    private PipelineGraph(PipelineGraph whole) {
        this.stages = whole.stages;
        stages.forEach((address, stage) -> {
            needs.put(address, stage.frozen() ? new LinkedHashSet<>() : new LinkedHashSet<>(whole.needs(address)));
            neededBy.put(address, new LinkedHashSet<>());
        });
        needs.forEach((from, all) -> all.forEach(
                to -> java.util.Objects.requireNonNull(neededBy.get(to)).add(from)));
    }

    /** What the stage needs directly. */
    public Set<StageAddress> needs(StageAddress stage) {
        return needs.getOrDefault(stage, Set.of());
    }

    /** What needs the stage directly. */
    public Set<StageAddress> neededBy(StageAddress stage) {
        return neededBy.getOrDefault(stage, Set.of());
    }

    /** The stages and everything they need, at any distance. */
    public Set<StageAddress> withUpstream(Collection<StageAddress> targets) {
        return reach(targets, needs);
    }

    /** The stages and everything that needs them, at any distance. */
    public Set<StageAddress> withDownstream(Collection<StageAddress> targets) {
        return reach(targets, neededBy);
    }

    /** The whole pipelines that the stages are part of. */
    public Set<StageAddress> connected(Collection<StageAddress> targets) {
        Set<StageAddress> found = new LinkedHashSet<>(targets);
        Deque<StageAddress> open = new ArrayDeque<>(targets);
        while (!open.isEmpty()) {
            StageAddress at = open.pop();
            List<StageAddress> around = new ArrayList<>(needs(at));
            around.addAll(neededBy(at));
            around.stream().filter(found::add).forEach(open::push);
        }
        return found;
    }

    private static Set<StageAddress> reach(
            Collection<StageAddress> targets, Map<StageAddress, Set<StageAddress>> edges) {
        Set<StageAddress> found = new LinkedHashSet<>(targets);
        Deque<StageAddress> open = new ArrayDeque<>(targets);
        while (!open.isEmpty()) {
            edges.getOrDefault(open.pop(), Set.of()).stream().filter(found::add).forEach(open::push);
        }
        return found;
    }

    /** The chosen stages so that each comes after what it needs; otherwise in the order of declaration. */
    public List<Stage> topologicalOrder(Collection<StageAddress> chosen) {
        Set<StageAddress> wanted = chosen instanceof Set<StageAddress> set ? set : new HashSet<>(chosen);
        Set<StageAddress> done = new LinkedHashSet<>();
        Set<StageAddress> active = new LinkedHashSet<>();
        for (StageAddress address : stages.keySet()) {
            if (wanted.contains(address)) {
                visit(address, done, active);
            }
        }
        return done.stream()
                .filter(wanted::contains)
                .map(a -> java.util.Objects.requireNonNull(stages.get(a)))
                .toList();
    }

    /** Depth first, without recursion: chains may be thousands of stages long. */
    private void visit(StageAddress start, Set<StageAddress> done, Set<StageAddress> active) {
        Deque<StageAddress> stack = new ArrayDeque<>(List.of(start));
        while (!stack.isEmpty()) {
            StageAddress at = stack.peek();
            if (done.contains(at)) {
                stack.pop();
                continue;
            }
            active.add(at);
            List<StageAddress> open =
                    needs(at).stream().filter(n -> !done.contains(n)).toList();
            for (StageAddress next : open) {
                if (active.contains(next)) {
                    throw cycle(active);
                }
            }
            if (open.isEmpty()) {
                stack.pop();
                active.remove(at);
                done.add(at);
            } else {
                stack.push(open.get(0));
            }
        }
    }
}

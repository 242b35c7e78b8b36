package dev.cairn.engine.experiment;

import dev.cairn.engine.data.DataTransfer;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.reproduce.CacheContent;
import dev.cairn.store.cas.ContentStore;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Measures what checkpoints take: as much as their outputs are long, and as much as the cache holds for them. */
public final class CacheUsage {
    private final Project project;
    private final Map<String, Long> sizes = new HashMap<>();

    public CacheUsage(Project project) {
        this.project = project;
    }

    /**
     * One experiment.
     *
     * @param logical bytes of the outputs of all its checkpoints
     * @param stored bytes of the cache that they use, each object once
     * @param own bytes that no other experiment uses
     */
    public record Usage(String name, int checkpoints, long logical, long stored, long own) {}

    /**
     * All experiments.
     *
     * @param total of all together; what several use counts once in {@code stored}
     */
    public record Report(List<Usage> experiments, Usage total) {
        public Report {
            experiments = List.copyOf(experiments);
        }
    }

    /** Looks at every checkpoint of every experiment. */
    public Report measure() {
        ExperimentRefs refs = new ExperimentRefs(project.git());
        Map<ExperimentRef, Set<String>> objects = new java.util.LinkedHashMap<>();
        Map<ExperimentRef, Long> logical = new HashMap<>();
        Map<ExperimentRef, Integer> checkpoints = new HashMap<>();
        refs.all().forEach((ref, tip) -> {
            Set<String> used = new HashSet<>();
            long bytes = 0;
            var chain = refs.chain(ref, tip);
            for (var commit : chain) {
                Set<String> own = objects(PipelineReader.read(project.revision(commit.id())));
                bytes += length(own);
                used.addAll(own);
            }
            objects.put(ref, used);
            logical.put(ref, bytes);
            checkpoints.put(ref, chain.size());
        });
        Map<String, Integer> users = new HashMap<>();
        objects.values().forEach(used -> used.forEach(object -> users.merge(object, 1, Integer::sum)));
        List<Usage> usages = new ArrayList<>();
        objects.forEach((ref, used) -> {
            Set<String> own = new HashSet<>(used);
            own.removeIf(object -> users.getOrDefault(object, 0) > 1);
            usages.add(new Usage(
                    ref.name(),
                    checkpoints.getOrDefault(ref, 0),
                    logical.getOrDefault(ref, 0L),
                    length(used),
                    length(own)));
        });
        return new Report(
                usages,
                new Usage(
                        "total",
                        usages.stream().mapToInt(Usage::checkpoints).sum(),
                        usages.stream().mapToLong(Usage::logical).sum(),
                        length(users.keySet()),
                        length(users.keySet())));
    }

    private long length(Set<String> objects) {
        return objects.stream()
                .mapToLong(object -> sizes.getOrDefault(object, 0L))
                .sum();
    }

    private Set<String> objects(Pipeline pipeline) {
        Set<String> found = new HashSet<>();
        DataTransfer.hashes(pipeline, pipeline.stages().keySet()).forEach((name, hashes) -> {
            ContentStore cache = project.cache(name);
            for (ContentHash hash : hashes) {
                for (ContentHash object : CacheContent.objects(cache, hash)) {
                    String key = key(name, object);
                    sizes.computeIfAbsent(key, k -> cache.contains(object) ? CacheRelease.size(cache, object) : 0L);
                    found.add(key);
                }
            }
        });
        return found;
    }

    private static String key(HashName name, ContentHash hash) {
        return name + ":" + hash;
    }
}

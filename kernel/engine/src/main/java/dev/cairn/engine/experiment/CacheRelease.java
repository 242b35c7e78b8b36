package dev.cairn.engine.experiment;

import dev.cairn.engine.data.DataTransfer;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.reproduce.CacheContent;
import dev.cairn.store.cas.ContentStore;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/** Removes from the cache what commits that are gone had, unless something that is left has it too: a branch, a tag, an experiment, the workspace. */
final class CacheRelease {
    private final Project project;
    private final GitRepository git;

    CacheRelease(Project project) {
        this.project = project;
        this.git = project.git();
    }

    /** Removes it, and tells how many bytes are free now. */
    long release(Collection<ObjectId> gone) {
        Map<HashName, Set<ContentHash>> candidates = new EnumMap<>(HashName.class);
        gone.forEach(commit -> add(PipelineReader.read(project.revision(commit)), candidates));
        Map<HashName, Set<ContentHash>> used = new EnumMap<>(HashName.class);
        add(PipelineReader.read(project.workspace()), used);
        left().forEach(commit -> add(PipelineReader.read(project.revision(commit)), used));
        long bytes = 0;
        for (Map.Entry<HashName, Set<ContentHash>> entry : candidates.entrySet()) {
            ContentStore cache = project.cache(entry.getKey());
            Set<ContentHash> kept = objects(cache, used.getOrDefault(entry.getKey(), Set.of()));
            Set<ContentHash> released = objects(cache, entry.getValue());
            released.removeAll(kept);
            for (ContentHash hash : released) {
                if (cache.contains(hash)) {
                    bytes += size(cache, hash);
                    cache.delete(hash);
                }
            }
        }
        return bytes;
    }

    /** Everything that a ref leads to, the stashed and queued included. */
    private Set<ObjectId> left() {
        Baselines baselines = new Baselines(git, new ExperimentRefs(git));
        Set<ObjectId> left = new LinkedHashSet<>(baselines.select(List.of(), 0, false, false, true));
        ExperimentRefs refs = new ExperimentRefs(git);
        refs.all().forEach((ref, tip) -> refs.chain(ref, tip).forEach(commit -> left.add(commit.id())));
        for (String prefix : List.of("refs/cairn/", "refs/exps/apply/", "refs/stash", "refs/exps/stash")) {
            left.addAll(git.refs(prefix).values());
        }
        for (String queue : List.of("refs/exps/celery/stash", "refs/exps/celery/failed", "refs/stash")) {
            git.reflog(queue).forEach(line -> left.add(line.id()));
        }
        return left;
    }

    private static Set<ContentHash> objects(ContentStore cache, Set<ContentHash> hashes) {
        Set<ContentHash> objects = new HashSet<>();
        hashes.forEach(hash -> objects.addAll(CacheContent.objects(cache, hash)));
        return objects;
    }

    private static void add(Pipeline pipeline, Map<HashName, Set<ContentHash>> into) {
        DataTransfer.hashes(pipeline, pipeline.stages().keySet())
                .forEach((name, hashes) ->
                        into.computeIfAbsent(name, n -> new LinkedHashSet<>()).addAll(hashes));
    }

    static long size(ContentStore cache, ContentHash hash) {
        try {
            return Files.size(cache.pathOf(hash));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + cache.pathOf(hash), e);
        }
    }
}

package dev.cairn.engine.experiment;

import dev.cairn.engine.data.DataTransfer;
import dev.cairn.engine.pipeline.LockEntry;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.engine.reproduce.CacheContent;
import dev.cairn.store.cas.ContentStore;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Removes from cache and remote what no revision in the given scope uses. The workspace always counts. */
public final class GarbageCollector {
    private final Project project;

    public GarbageCollector(Project project) {
        this.project = project;
    }

    /**
     * The revisions whose data is kept, beside the workspace's.
     *
     * @param revisions commits, and {@code num} of each's history
     * @param experiments every commit of every experiment
     * @param since every commit made then or later
     */
    public record Scope(
            List<String> revisions,
            int num,
            boolean branches,
            boolean tags,
            boolean commits,
            boolean experiments,
            @Nullable Instant since) {
        public Scope {
            revisions = List.copyOf(revisions);
        }
    }

    /**
     * What was removed.
     *
     * @param objects how many from the cache
     * @param bytes how long they were together
     * @param remoteObjects how many from the remote
     */
    public record Collected(int objects, long bytes, int remoteObjects) {}

    /**
     * Removes what is not used. All revisions are read before anything is removed, so that one that cannot be read stops this.
     *
     * @param remote also cleaned when it is given
     */
    public Collected collect(Scope scope, Optional<DataTransfer> remote) {
        try (ProjectLock lock = new ProjectLock(project)) {
            Map<HashName, Set<ContentHash>> used = used(scope);
            int remoteObjects = remote.map(transfer -> transfer.keepOnly(used)).orElse(0);
            int objects = 0;
            long bytes = 0;
            for (HashName name : HashName.values()) {
                ContentStore cache = project.cache(name);
                Set<ContentHash> kept = new HashSet<>();
                used.getOrDefault(name, Set.of()).forEach(hash -> kept.addAll(CacheContent.objects(cache, hash)));
                for (ContentHash hash : cache.list()) {
                    if (!kept.contains(hash)) {
                        bytes += size(cache, hash);
                        cache.delete(hash);
                        objects++;
                    }
                }
            }
            return new Collected(objects, bytes, remoteObjects);
        }
    }

    private static long size(ContentStore cache, ContentHash hash) {
        try {
            return Files.size(cache.pathOf(hash));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + cache.pathOf(hash), e);
        }
    }

    private Map<HashName, Set<ContentHash>> used(Scope scope) {
        Map<HashName, Set<ContentHash>> used = new EnumMap<>(HashName.class);
        add(PipelineReader.read(project.workspace()), used);
        Optional<GitRepository> git = project.gitIfAny();
        if (git.isPresent()) {
            for (ObjectId commit : commits(scope, git.get())) {
                add(PipelineReader.read(project.revision(commit)), used);
            }
        }
        return used;
    }

    private static Set<ObjectId> commits(Scope scope, GitRepository git) {
        ExperimentRefs refs = new ExperimentRefs(git);
        Baselines baselines = new Baselines(git, refs);
        Set<ObjectId> commits = new LinkedHashSet<>(
                baselines.select(scope.revisions(), scope.num(), scope.branches(), scope.tags(), scope.commits()));
        if (scope.experiments()) {
            refs.all().forEach((ref, tip) -> refs.chain(ref, tip).forEach(commit -> commits.add(commit.id())));
        }
        Instant since = scope.since();
        if (since != null) {
            baselines.select(List.of(), 0, false, false, true).stream()
                    .filter(commit -> !git.commit(commit).time().isBefore(since))
                    .forEach(commits::add);
        }
        // What a run was interrupted at may be all that is left of somebody's work.
        commits.addAll(git.refs("refs/cairn/").values());
        return commits;
    }

    private static void add(Pipeline pipeline, Map<HashName, Set<ContentHash>> used) {
        for (Stage stage : pipeline.stages().values()) {
            Optional<LockEntry> entry = pipeline.lock(stage.address());
            for (Output output : stage.outputs()) {
                Optional<PathState> state = entry.flatMap(e -> e.output(output.declared()));
                if (output.cached() && state.isPresent() && state.get().hash() != null) {
                    used.computeIfAbsent(state.get().hashName(), name -> new LinkedHashSet<>())
                            .add(Objects.requireNonNull(state.get().hash()));
                }
            }
        }
    }
}

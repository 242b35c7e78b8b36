package dev.cairn.engine.experiment;

import dev.cairn.engine.data.DataTransfer;
import dev.cairn.engine.error.ConflictException;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Removes from cache and remote what no revision in the given scope uses. The workspace always counts. */
public final class GarbageCollector {
    /** A file being written is written to all the time. */
    private static final Duration ABANDONED = Duration.ofMinutes(1);

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
     * How to collect.
     *
     * @param cleaned a remote that is cleaned too
     * @param stored a remote; what it has is removed from the cache even when it is used
     * @param projects directories of other projects that share the cache and whose data is kept
     * @param dry only tell what would be removed
     * @param mayLose asked whether to go on though a directory's files are not known; true goes on
     */
    public record Request(
            Optional<DataTransfer> cleaned,
            Optional<DataTransfer> stored,
            List<Path> projects,
            boolean dry,
            Predicate<String> mayLose) {
        public Request {
            projects = List.copyOf(projects);
        }
    }

    /**
     * Removes what is not used. All revisions are read before anything is removed, so that one that cannot be read stops this.
     *
     * @throws ConflictException when it is not known what a directory holds, and that may not be lost
     */
    public Collected collect(Scope scope, Request request) {
        try (ProjectLock lock = new ProjectLock(project)) {
            Map<HashName, Set<ContentHash>> used = used(project, scope);
            for (Path other : request.projects()) {
                try (Project opened = Project.open(project.environment().in(other));
                        ProjectLock otherLock = new ProjectLock(opened)) {
                    used(opened, scope).forEach((name, hashes) -> used.computeIfAbsent(name, n -> new LinkedHashSet<>())
                            .addAll(hashes));
                }
            }
            requireManifests(used, request);
            request.stored().ifPresent(remote -> remote.withoutStored(used));
            int remoteObjects = request.cleaned()
                    .map(transfer -> transfer.keepOnly(used, request.dry()))
                    .orElse(0);
            int objects = 0;
            long bytes = 0;
            for (HashName name : HashName.values()) {
                ContentStore cache = project.cache(name);
                Set<ContentHash> kept = new HashSet<>();
                used.getOrDefault(name, Set.of()).forEach(hash -> kept.addAll(CacheContent.objects(cache, hash)));
                for (ContentHash hash : cache.list()) {
                    if (!kept.contains(hash)) {
                        bytes += size(cache, hash);
                        objects++;
                        if (!request.dry()) {
                            cache.delete(hash);
                        }
                    }
                }
                if (!request.dry()) {
                    cache.sweep(project.environment().clock().instant().minus(ABANDONED));
                }
            }
            return new Collected(objects, bytes, remoteObjects);
        }
    }

    /** What a used directory holds is used too; its manifest comes from the remote, and when it is nowhere that is not known. */
    private void requireManifests(Map<HashName, Set<ContentHash>> used, Request request) {
        used.forEach((name, hashes) -> {
            ContentStore cache = project.cache(name);
            DataTransfer.fetchManifests(project, name, hashes);
            for (ContentHash hash : hashes) {
                boolean isKnown = !hash.isDirectory() || cache.contains(hash);
                boolean mayGoOn = isKnown
                        || request.mayLose()
                                .test(("Missing cache for directory '%s'. Cache for files inside will be lost. "
                                                + "Would you like to continue? Use '-f' to force.")
                                        .formatted(hash.value()));
                if (!mayGoOn) {
                    throw new ConflictException(
                            "unable to fully collect used cache without cache for directory '%s'"
                                    .formatted(hash.value()),
                            "`fetch` gets it from a remote that has it; -f goes on without it.");
                }
            }
        });
    }

    private static long size(ContentStore cache, ContentHash hash) {
        try {
            return Files.size(cache.pathOf(hash));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + cache.pathOf(hash), e);
        }
    }

    private static Map<HashName, Set<ContentHash>> used(Project project, Scope scope) {
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
        // What a run was interrupted at may be all that is left of somebody's work, and what waits in the queue is
        // still to run.
        commits.addAll(git.refs("refs/cairn/").values());
        git.reflog(ExperimentQueue.STASH).forEach(line -> commits.add(line.id()));
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

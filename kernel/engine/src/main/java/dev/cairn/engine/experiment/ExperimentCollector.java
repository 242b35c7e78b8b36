package dev.cairn.engine.experiment;

import dev.cairn.engine.experiment.ExperimentQueueReader.Entry;
import dev.cairn.engine.experiment.ExperimentQueueReader.WorkspaceRun;
import dev.cairn.engine.experiment.ExperimentRange.Executor;
import dev.cairn.engine.experiment.ExperimentRange.Local;
import dev.cairn.store.git.CommitInfo;
import dev.cairn.store.git.GitRepository;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Collects experiments with their parameters and metrics ({@code exp show}): those whose refs there are, those that run, wait or failed, and
 * the workspace.
 */
public final class ExperimentCollector {
    private static final int OLDER_COMMITS_TO_SEARCH = 200;

    private final GitRepository git;
    private final ExperimentRefs refs;
    private final RevisionStateReader states;
    private final Baselines baselines;
    private final ExperimentQueueReader queue;

    /**
     * @param temporary the project's {@code .dvc/tmp}
     * @param isAlive whether there is a process of that id
     */
    public ExperimentCollector(
            GitRepository git, ExperimentRefs refs, RevisionStateReader states, Path temporary, LongPredicate isAlive) {
        this.git = git;
        this.refs = refs;
        this.states = states;
        this.baselines = new Baselines(git, refs);
        this.queue = new ExperimentQueueReader(git, temporary, isAlive);
    }

    /** The table; without rows when the repository has no commit yet. */
    public ExperimentTable collect(ShowRequest request) {
        if (git.head().isEmpty()) {
            return new ExperimentTable(List.of(), List.of());
        }
        if (request.force()) {
            states.forget();
        }
        Optional<WorkspaceRun> run = queue.workspaceRun();
        boolean isDefault =
                request.revisions().isEmpty() && !request.allBranches() && !request.allTags() && !request.allCommits();
        List<String> start = isDefault ? List.of(headOf(run)) : request.revisions();
        Set<ObjectId> selected =
                baselines.select(start, request.num(), request.allBranches(), request.allTags(), request.allCommits());
        Map<ObjectId, SortedMap<ExperimentRef, ObjectId>> refsByBaseline = refsByBaseline();

        Map<ObjectId, List<ExperimentRange>> found = new HashMap<>();
        boolean paramDeps = request.paramDeps();
        states.prepare(commits(selected, refsByBaseline), paramDeps);
        run.ifPresent(r -> add(found, r.baseline(), running(r, paramDeps)));
        addSorted(found, queue.running(), entry -> running(entry, paramDeps));
        for (ObjectId baseline : selected) {
            List<ExperimentRange> done = new ArrayList<>();
            refsByBaseline
                    .getOrDefault(baseline, Collections.emptySortedMap())
                    .forEach((ref, tip) -> done.add(new ExperimentRange(ref.name(), chain(ref, tip, paramDeps), null)));
            done.sort(NEWEST_FIRST);
            done.forEach(range -> add(found, baseline, range));
        }
        if (!request.hideQueued()) {
            addSorted(found, queue.queued(), entry -> queued(entry, paramDeps));
        }
        if (!request.hideFailed()) {
            addSorted(found, queue.failed(), entry -> failed(entry, paramDeps));
        }

        List<BaselineExperiments> rows = new ArrayList<>();
        rows.add(new BaselineExperiments(states.workspace(paramDeps), List.of()));
        for (ObjectId baseline : selected) {
            RevisionState state = states.commit(baseline, paramDeps).named(baselines.nameOf(baseline));
            rows.add(new BaselineExperiments(state, found.getOrDefault(baseline, List.of())));
        }
        boolean isEmpty = selected.stream().noneMatch(found::containsKey);
        return new ExperimentTable(
                rows,
                isDefault && isEmpty ? olderExperiments(refsByBaseline) : List.of(),
                new Annotations(git).all(),
                null);
    }

    private static final Comparator<ExperimentRange> NEWEST_FIRST = Comparator.comparing(
                    (ExperimentRange r) -> timeOf(r.tip()))
            .reversed()
            .thenComparing(r -> r.name() == null ? "" : r.name());

    private static Instant timeOf(RevisionState state) {
        return state.timestamp() == null ? Instant.EPOCH : state.timestamp();
    }

    /** While DVC runs an experiment in the workspace, HEAD is one of its checkpoints; what the user calls HEAD is the baseline. */
    private String headOf(Optional<WorkspaceRun> run) {
        boolean detached =
                git.headRef().filter(r -> r.startsWith("refs/heads/")).isEmpty();
        return detached ? run.map(r -> r.baseline().name()).orElse("HEAD") : "HEAD";
    }

    /** The baselines and every commit of their experiments. */
    private Set<ObjectId> commits(
            Set<ObjectId> selected, Map<ObjectId, SortedMap<ExperimentRef, ObjectId>> refsByBaseline) {
        Set<ObjectId> commits = new LinkedHashSet<>(selected);
        for (ObjectId baseline : selected) {
            for (ObjectId tip : refsByBaseline
                    .getOrDefault(baseline, Collections.emptySortedMap())
                    .values()) {
                // What one experiment shares with another was walked with the other.
                for (ObjectId id = tip; id != null && commits.add(id); ) {
                    id = parentOf(states.info(id));
                }
            }
        }
        return commits;
    }

    private Map<ObjectId, SortedMap<ExperimentRef, ObjectId>> refsByBaseline() {
        Map<ObjectId, SortedMap<ExperimentRef, ObjectId>> byBaseline = new HashMap<>();
        refs.all().forEach((ref, tip) -> byBaseline
                .computeIfAbsent(ref.baseline(), b -> new TreeMap<>())
                .put(ref, tip));
        return byBaseline;
    }

    private static void add(Map<ObjectId, List<ExperimentRange>> found, ObjectId baseline, ExperimentRange range) {
        found.computeIfAbsent(baseline, b -> new ArrayList<>()).add(range);
    }

    private static void addSorted(
            Map<ObjectId, List<ExperimentRange>> found, List<Entry> entries, Function<Entry, ExperimentRange> read) {
        Map<ObjectId, List<ExperimentRange>> byBaseline = new HashMap<>();
        entries.forEach(entry -> add(byBaseline, entry.baseline(), read.apply(entry)));
        byBaseline.forEach((baseline, ranges) -> {
            ranges.sort(NEWEST_FIRST);
            ranges.forEach(range -> add(found, baseline, range));
        });
    }

    private List<RevisionState> chain(ExperimentRef ref, ObjectId tip, boolean paramDeps) {
        return chain(ref.name(), tip, ref.baseline(), paramDeps);
    }

    private List<RevisionState> chain(@Nullable String name, ObjectId tip, ObjectId stop, boolean paramDeps) {
        List<RevisionState> chain = new ArrayList<>();
        for (ObjectId id = tip; id != null && !id.equals(stop); id = parentOf(states.info(id))) {
            RevisionState state = states.commit(id, paramDeps);
            chain.add(chain.isEmpty() ? state.named(name) : state);
        }
        return chain.isEmpty() ? List.of(states.commit(tip, paramDeps).named(name)) : chain;
    }

    private static @Nullable ObjectId parentOf(CommitInfo commit) {
        return commit.parents().isEmpty() ? null : commit.parents().get(0);
    }

    private ExperimentRange running(WorkspaceRun run, boolean paramDeps) {
        List<RevisionState> revisions = new ArrayList<>();
        revisions.add(states.workspace(paramDeps).named(run.name()));
        ObjectId head = git.head().orElse(run.baseline());
        if (!head.equals(run.baseline())) {
            revisions.addAll(chain(null, head, run.baseline(), paramDeps));
        }
        Local local = new Local(run.root(), null, run.pid(), null, null);
        return new ExperimentRange(run.name(), revisions, new Executor("running", "workspace", local));
    }

    private ExperimentRange running(Entry entry, boolean paramDeps) {
        Local local = queue.process(entry).orElse(null);
        return range(entry, new Executor("running", queue.location(entry).orElse("dvc-task"), local), paramDeps);
    }

    private ExperimentRange queued(Entry entry, boolean paramDeps) {
        Local local = new Local(null, null, null, null, entry.stash().name());
        return range(entry, new Executor("queued", "dvc-task", local), paramDeps);
    }

    private ExperimentRange failed(Entry entry, boolean paramDeps) {
        Local local = queue.process(entry)
                .map(l -> new Local(null, l.log(), l.pid(), l.returnCode(), l.taskId()))
                .orElse(null);
        ExperimentRange range = range(entry, new Executor("failed", null, local), paramDeps);
        return new ExperimentRange(range.name(), List.of(range.tip().failed()), range.executor());
    }

    private ExperimentRange range(Entry entry, Executor executor, boolean paramDeps) {
        RevisionState state = states.commit(entry.stash(), paramDeps).named(entry.name());
        return new ExperimentRange(entry.name(), List.of(state), executor);
    }

    /** After a commit the experiments stay with the commit before: say where they are. */
    private List<String> olderExperiments(Map<ObjectId, SortedMap<ExperimentRef, ObjectId>> refsByBaseline) {
        ObjectId id = git.head().orElse(null);
        for (int n = 1; id != null && n <= OLDER_COMMITS_TO_SEARCH && !refsByBaseline.isEmpty(); n++) {
            int count = refsByBaseline
                    .getOrDefault(id, Collections.emptySortedMap())
                    .size();
            if (count > 0) {
                return List.of("%d experiment%s under %s; use `exp show -n %d`"
                        .formatted(
                                count, count == 1 ? "" : "s", id.abbreviate(7).name(), n));
            }
            id = parentOf(states.info(id));
        }
        return List.of();
    }
}

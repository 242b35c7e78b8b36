package dev.cairn.engine.experiment;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.experiment.RevisionState.PathSummary;
import dev.cairn.engine.metric.FileValues.FileError;
import dev.cairn.engine.metric.MetricReader;
import dev.cairn.engine.metric.ParamReader;
import dev.cairn.engine.metric.RevisionData;
import dev.cairn.engine.metric.RevisionSource;
import dev.cairn.engine.metric.ValueFiles;
import dev.cairn.engine.pipeline.Dependency;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.store.git.CommitInfo;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.parallel.Parallel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code exp show} and {@code exp diff} know of a revision. A commit never changes, so what is read of one is remembered; keep
 * one reader for a session. Not for use by several threads; it asks its source from several.
 */
public final class RevisionStateReader {
    private static final int MAX_REMEMBERED = 20_000;

    private final GitRepository git;
    private final RevisionSource source;
    private final MetricReader metrics;
    private final ParamReader params;
    private final Map<ObjectId, Remembered> remembered = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectId, Remembered> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    /** @param state null while only the commit itself was looked at */
    private record Remembered(CommitInfo commit, @Nullable RevisionState state) {}

    public RevisionStateReader(GitRepository git, RevisionSource source, ValueFiles values) {
        this.git = git;
        this.source = source;
        this.metrics = new MetricReader(values);
        this.params = new ParamReader(values);
    }

    /** Forgets every commit. */
    void forget() {
        remembered.clear();
    }

    RevisionState workspace(boolean paramDeps) {
        try {
            return state(source.workspace(), RevisionState.WORKSPACE, null, paramDeps);
        } catch (EngineException e) {
            return RevisionState.unreadable(RevisionState.WORKSPACE, null, FileError.of(e));
        }
    }

    /** The state at the commit, without a name. */
    RevisionState commit(ObjectId id, boolean paramDeps) {
        Remembered known = remembered.get(id);
        if (!paramDeps && known != null && known.state() != null) {
            return known.state();
        }
        RevisionState state = read(info(id), paramDeps);
        remember(id, state, paramDeps);
        return state;
    }

    /** Reads the commits that are not remembered, several at a time. */
    void prepare(Collection<ObjectId> commits, boolean paramDeps) {
        List<CommitInfo> unknown = new ArrayList<>();
        for (ObjectId id : commits) {
            Remembered known = remembered.get(id);
            if (known == null || known.state() == null) {
                unknown.add(info(id));
            }
        }
        if (!paramDeps) {
            List<RevisionState> read = Parallel.map(unknown, commit -> read(commit, false));
            for (int i = 0; i < read.size(); i++) {
                remember(unknown.get(i).id(), read.get(i), false);
            }
        }
    }

    private RevisionState read(CommitInfo commit, boolean paramDeps) {
        ObjectId id = commit.id();
        try {
            return state(source.commit(id.name(), id), id.name(), commit.time(), paramDeps);
        } catch (EngineException e) {
            return RevisionState.unreadable(id.name(), commit.time(), FileError.of(e));
        }
    }

    private void remember(ObjectId id, RevisionState state, boolean paramDeps) {
        // A cached metric that is missing now may be pulled later, so a state with errors is not kept.
        if (!paramDeps && isComplete(state)) {
            remembered.put(id, new Remembered(info(id), state));
        }
    }

    private static boolean isComplete(RevisionState state) {
        return state.error() == null
                && state.metrics().values().stream().noneMatch(v -> v.error() != null)
                && state.params().values().stream().noneMatch(v -> v.error() != null);
    }

    CommitInfo info(ObjectId id) {
        Remembered known = remembered.get(id);
        if (known != null) {
            return known.commit();
        }
        CommitInfo commit = git.commit(id);
        remembered.put(id, new Remembered(commit, null));
        return commit;
    }

    private RevisionState state(RevisionData data, String rev, @Nullable Instant time, boolean paramDeps) {
        Pipeline pipeline = data.pipeline();
        Map<String, PathSummary> dependencies = new LinkedHashMap<>();
        Map<String, PathSummary> outputs = new LinkedHashMap<>();
        for (Map.Entry<StageAddress, Stage> entry : pipeline.stages().entrySet()) {
            var lock = pipeline.lock(entry.getKey());
            Stage stage = entry.getValue();
            for (Dependency.OnFile dependency : stage.fileDependencies()) {
                Optional<PathState> state = lock.flatMap(l -> l.dependency(dependency.declared()));
                dependencies.put(dependency.path(), summary(state, false, false));
            }
            for (Output output : stage.outputs()) {
                if (output.kind() == Output.Kind.OUTPUT) {
                    Optional<PathState> state = lock.flatMap(l -> l.output(output.declared()));
                    outputs.put(output.path(), summary(state, output.cached(), stage.isData()));
                }
            }
        }
        return new RevisionState(
                rev,
                null,
                time,
                params.read(data, List.of(), paramDeps),
                metrics.read(data),
                dependencies,
                outputs,
                pipeline.stages().values().stream().anyMatch(Stage::isCheckpoint),
                null);
    }

    private static PathSummary summary(Optional<PathState> state, boolean cached, boolean dataSource) {
        if (state.isEmpty()) {
            return new PathSummary(null, null, null, cached, dataSource);
        }
        ContentHash hash = state.get().hash();
        return new PathSummary(
                hash == null ? null : hash.toString(),
                state.get().size(),
                state.get().fileCount(),
                cached,
                dataSource);
    }
}

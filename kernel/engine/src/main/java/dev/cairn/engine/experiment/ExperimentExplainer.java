package dev.cairn.engine.experiment;

import dev.cairn.engine.experiment.RevisionState.PathSummary;
import dev.cairn.engine.metric.ValueDiff;
import dev.cairn.engine.project.Project;
import dev.cairn.store.git.GitRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Tells why two experiments came out differently: parameters, data and code that differ, and what the metrics did. */
public final class ExperimentExplainer {
    private final Project project;
    private final GitRepository git;
    private final ExperimentRefs refs;
    private final RevisionStateReader states;

    public ExperimentExplainer(Project project, RevisionStateReader states) {
        this.project = project;
        this.git = project.git();
        this.refs = new ExperimentRefs(git);
        this.states = states;
    }

    /** What was changed, and what came of it. */
    public record Explanation(
            String from, String to, ValueDiff params, List<DataChange> data, List<CodeChange> code, ValueDiff metrics) {
        public Explanation {
            data = List.copyOf(data);
            code = List.copyOf(code);
        }
    }

    /**
     * Data that a stage reads or that is tracked.
     *
     * @param before its hash; null when it was not there
     * @param after the same
     */
    public record DataChange(String path, @Nullable String before, @Nullable String after) {}

    /**
     * A file that Git tracks.
     *
     * @param lines those that differ, each behind {@code -} or {@code +}
     */
    public record CodeChange(String path, List<String> lines) {
        public CodeChange {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Compares two experiments or checkpoints.
     *
     * @param first name or hash
     * @param second the same; null for what the first one started from
     */
    public Explanation explain(String first, @Nullable String second) {
        ObjectId one = refs.resolve(first);
        ObjectId from = second == null ? baseline(one) : one;
        ObjectId to = second == null ? one : refs.resolve(second);
        String fromName = second == null ? from.name().substring(0, 7) : first;
        String toName = second == null ? first : second;
        RevisionState old = states.commit(from, false);
        RevisionState now = states.commit(to, false);
        List<DataChange> data = data(old, now);
        Set<String> told = new TreeSet<>(old.params().keySet());
        told.addAll(now.params().keySet());
        told.addAll(old.metrics().keySet());
        told.addAll(now.metrics().keySet());
        data.forEach(change -> told.add(change.path()));
        return new Explanation(
                fromName,
                toName,
                ValueDiff.between(fromName, toName, old.params(), now.params(), false),
                data.stream()
                        .filter(change -> !isTracked(change.path(), from, to))
                        .toList(),
                code(from, to, told),
                ValueDiff.between(fromName, toName, old.metrics(), now.metrics(), false));
    }

    private ObjectId baseline(ObjectId commit) {
        return refs.containing(commit).stream()
                .findFirst()
                .map(ExperimentRef::baseline)
                .orElseGet(
                        () -> git.commit(commit).parents().stream().findFirst().orElse(commit));
    }

    private static List<DataChange> data(RevisionState old, RevisionState now) {
        Set<String> made = new TreeSet<>();
        now.outputs().forEach((path, output) -> {
            if (!output.dataSource()) {
                made.add(path);
            }
        });
        List<DataChange> changes = new ArrayList<>();
        Set<String> paths = new TreeSet<>(old.dependencies().keySet());
        paths.addAll(now.dependencies().keySet());
        paths.removeAll(made);
        for (String path : paths) {
            String before = hash(old.dependencies(), path);
            String after = hash(now.dependencies(), path);
            if (before != null && after != null && !Objects.equals(before, after)) {
                changes.add(new DataChange(path, before, after));
            }
        }
        return changes;
    }

    private static @Nullable String hash(Map<String, PathSummary> summaries, String path) {
        PathSummary summary = summaries.get(path);
        return summary == null ? null : summary.hash();
    }

    private boolean isTracked(String path, ObjectId... commits) {
        for (ObjectId commit : commits) {
            if (project.revision(commit).read(path).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Files of Git that differ, without those whose values are told apart and without what DVC writes itself. */
    private List<CodeChange> code(ObjectId from, ObjectId to, Set<String> told) {
        List<CodeChange> changes = new ArrayList<>();
        String prefix = project.gitPrefix();
        for (String tracked : git.changedPaths(git.treeOf(from), git.treeOf(to))) {
            String path = tracked.startsWith(prefix) ? tracked.substring(prefix.length()) : "../" + tracked;
            String name = path.substring(path.lastIndexOf('/') + 1);
            boolean isWritten = name.equals("dvc.lock") || name.equals(".gitignore") || path.startsWith(".dvc/");
            boolean isValues = told.contains(path) && !isCode(path);
            if (!isWritten && !isValues) {
                changes.add(new CodeChange(path, git.changedLines(from, to, tracked)));
            }
        }
        return changes;
    }

    private static boolean isCode(String path) {
        return path.matches(".*\\.(?:py|java|jsh|sh|R|jl|scala|kt|js|ts|c|cpp|h|rs|go|ipynb)");
    }
}

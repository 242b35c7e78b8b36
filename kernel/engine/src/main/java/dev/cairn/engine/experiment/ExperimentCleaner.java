package dev.cairn.engine.experiment;

import dev.cairn.engine.experiment.ExperimentQueueReader.Entry;
import dev.cairn.engine.project.Project;
import dev.cairn.store.git.GitRepository;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Removes experiments whose baselines nobody asked to keep ({@code exp gc}), and what workers left behind ({@code exp clean}). */
public final class ExperimentCleaner {
    private final Project project;
    private final GitRepository git;

    public ExperimentCleaner(Project project) {
        this.project = project;
        this.git = project.git();
    }

    /**
     * Which experiments stay: those that start from these commits.
     *
     * @param workspace HEAD
     * @param revisions commits, and {@code num} of each's history
     * @param since every commit made then or later
     * @param queued whether what waits in the queue stays, when it starts from one of the commits
     */
    public record Kept(
            boolean workspace,
            List<String> revisions,
            int num,
            boolean branches,
            boolean tags,
            boolean commits,
            @Nullable Instant since,
            boolean queued) {
        public Kept {
            revisions = List.copyOf(revisions);
        }
    }

    /** Removes the others; returns how many, those of the queue among them. */
    public int collect(Kept kept) {
        ExperimentRefs refs = new ExperimentRefs(git);
        Set<ObjectId> baselines = baselines(kept, new Baselines(git, refs));
        if (baselines.isEmpty()) {
            return 0;
        }
        Map<ExperimentRef, ObjectId> removed = new TreeMap<>(refs.all());
        removed.keySet().removeIf(ref -> baselines.contains(ref.baseline()));
        new ExperimentRemover(project).remove(removed);
        ExperimentQueue queue = new ExperimentQueue(project);
        List<ObjectId> waiting = queue.reader().queued().stream()
                .filter(entry -> !kept.queued() || !baselines.contains(entry.baseline()))
                .map(Entry::stash)
                .toList();
        queue.remove(waiting);
        return removed.size() + waiting.size();
    }

    private Set<ObjectId> baselines(Kept kept, Baselines baselines) {
        Set<ObjectId> found =
                baselines.select(kept.revisions(), kept.num(), kept.branches(), kept.tags(), kept.commits());
        if (kept.workspace()) {
            git.head().ifPresent(found::add);
        }
        Instant since = kept.since();
        if (since != null) {
            baselines.select(List.of(), 0, false, false, true).stream()
                    .filter(commit -> !git.commit(commit).time().isBefore(since))
                    .forEach(found::add);
        }
        return found;
    }

    /** Removes messages of workers that have ended; returns how many. */
    public int clean() {
        return new ExperimentQueue(project).clean();
    }
}

package dev.cairn.engine.experiment;

import dev.cairn.store.git.GitRepository;
import dev.cairn.store.git.GitTransport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.eclipse.jgit.lib.ObjectId;

/** Lists experiments by their baselines ({@code exp list}). */
public final class ExperimentLister {
    private final GitRepository git;
    private final ExperimentRefs refs;
    private final Baselines baselines;

    public ExperimentLister(GitRepository git, ExperimentRefs refs) {
        this.git = git;
        this.refs = refs;
        this.baselines = new Baselines(git, refs);
    }

    /**
     * @param revisions baselines to start from; empty for HEAD
     * @param num how many commits back from each; negative for all
     * @param allCommits whether to list every experiment there is
     */
    public ExperimentList list(List<String> revisions, int num, boolean allCommits) {
        return list(refs.all(), revisions, num, allCommits);
    }

    /**
     * Lists the experiments of another repository.
     *
     * @param remote its name, URL or path
     * @param environment for Git's program
     */
    public ExperimentList listRemote(
            String remote, Map<String, String> environment, List<String> revisions, int num, boolean allCommits) {
        Map<String, ObjectId> found = new GitTransport(git, environment).refs(remote, ExperimentRef.NAMESPACE);
        return list(ExperimentSelector.experiments(found), revisions, num, allCommits);
    }

    private ExperimentList list(
            SortedMap<ExperimentRef, ObjectId> experiments, List<String> revisions, int num, boolean allCommits) {
        Map<ObjectId, List<ExperimentList.Entry>> byBaseline = new LinkedHashMap<>();
        if (!allCommits) {
            List<String> start = revisions.isEmpty() ? List.of("HEAD") : revisions;
            baselines.select(start, num, false, false, false).forEach(b -> byBaseline.put(b, new ArrayList<>()));
        }
        experiments.forEach((ref, tip) -> {
            if (allCommits || byBaseline.containsKey(ref.baseline())) {
                byBaseline
                        .computeIfAbsent(ref.baseline(), b -> new ArrayList<>())
                        .add(new ExperimentList.Entry(ref, tip));
            }
        });
        return new ExperimentList(byBaseline.entrySet().stream()
                .filter(e -> !e.getValue().isEmpty())
                .map(e -> group(e.getKey(), e.getValue()))
                .toList());
    }

    private ExperimentList.Group group(ObjectId baseline, Collection<ExperimentList.Entry> entries) {
        Optional<String> name = git.tagsAt(baseline).stream()
                .map(tag -> "refs/tags/" + tag)
                .findFirst()
                .or(() -> git.branchesAt(baseline).stream().findFirst());
        List<ExperimentList.Entry> newestFirst = entries.stream()
                .sorted(Comparator.comparing(this::time).reversed().thenComparing(e -> e.ref()
                        .name()))
                .toList();
        return new ExperimentList.Group(name.orElse(baseline.abbreviate(7).name()), baseline, newestFirst);
    }

    /** One of another repository need not be here. */
    private Instant time(ExperimentList.Entry entry) {
        return git.has(entry.tip()) ? git.commit(entry.tip()).time() : Instant.EPOCH;
    }
}

package dev.cairn.engine.experiment;

import dev.cairn.store.git.GitRepository;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        Map<ObjectId, List<ExperimentList.Entry>> byBaseline = new LinkedHashMap<>();
        if (!allCommits) {
            List<String> start = revisions.isEmpty() ? List.of("HEAD") : revisions;
            baselines.select(start, num, false, false, false).forEach(b -> byBaseline.put(b, new ArrayList<>()));
        }
        refs.all().forEach((ref, tip) -> {
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
        Optional<String> name = git.tagsAt(baseline).stream().findFirst().or(() -> git.branchesAt(baseline).stream()
                .findFirst());
        List<ExperimentList.Entry> newestFirst = entries.stream()
                .sorted(Comparator.comparing(
                                (ExperimentList.Entry e) -> git.commit(e.tip()).time())
                        .reversed()
                        .thenComparing(e -> e.ref().name()))
                .toList();
        return new ExperimentList.Group(name.orElse(baseline.abbreviate(7).name()), baseline, newestFirst);
    }
}

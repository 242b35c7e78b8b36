package dev.cairn.engine.experiment;

import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.pipeline.Suggestions;
import dev.cairn.store.git.GitRepository;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;

/** Finds the experiments of a selection among the refs of this repository or of another. */
final class ExperimentSelector {
    private final GitRepository git;
    private final Baselines baselines;
    private final SortedMap<ExperimentRef, ObjectId> all;

    /** @param all every experiment of the repository in question */
    ExperimentSelector(GitRepository git, SortedMap<ExperimentRef, ObjectId> all) {
        this.git = git;
        this.baselines = new Baselines(git, new ExperimentRefs(git));
        this.all = all;
    }

    /** The experiments among any refs. */
    static SortedMap<ExperimentRef, ObjectId> experiments(Map<String, ObjectId> refs) {
        SortedMap<ExperimentRef, ObjectId> found = new TreeMap<>();
        refs.forEach((name, id) -> ExperimentRef.parse(name).ifPresent(ref -> found.put(ref, id)));
        return found;
    }

    /**
     * The experiments and their tips.
     *
     * @throws UnknownNameException when there is none of one of the names
     * @throws ConflictException when there are several of one, none under HEAD
     */
    SortedMap<ExperimentRef, ObjectId> select(ExperimentSelection selection) {
        if (selection.allCommits()) {
            return all;
        }
        SortedMap<ExperimentRef, ObjectId> selected = new TreeMap<>();
        List<String> unknown = new ArrayList<>();
        for (String name : selection.names()) {
            Optional<ExperimentRef> found = find(name);
            found.ifPresentOrElse(ref -> selected.put(ref, all.get(ref)), () -> unknown.add(name));
        }
        if (!unknown.isEmpty()) {
            throw unknown(
                    unknown, all.keySet().stream().map(ExperimentRef::name).collect(Collectors.toSet()));
        }
        if (!selection.revisions().isEmpty()) {
            Set<ObjectId> wanted = baselines.select(selection.revisions(), selection.num(), false, false, false);
            all.forEach((ref, tip) -> {
                if (wanted.contains(ref.baseline())) {
                    selected.put(ref, tip);
                }
            });
        }
        return selected;
    }

    static UnknownNameException unknown(List<String> unknown, Collection<String> known) {
        String names = unknown.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        return new UnknownNameException(
                names + (unknown.size() == 1 ? " is not a valid experiment name" : " are not valid experiment names"),
                Suggestions.nearest(unknown.get(0), known)
                        .map(name -> "Did you mean '%s'?".formatted(name))
                        .orElse("`exp list --all-commits` shows the experiments there are."));
    }

    /** The experiment of that name; under several baselines the one under HEAD wins. */
    Optional<ExperimentRef> find(String name) {
        Optional<ExperimentRef> full = ExperimentRef.parse(name);
        if (full.isPresent()) {
            return full.filter(ref -> all.containsKey(ref));
        }
        List<ExperimentRef> found =
                all.keySet().stream().filter(ref -> ref.name().equals(name)).toList();
        if (found.size() <= 1) {
            return found.stream().findFirst();
        }
        Optional<ObjectId> head = git.head();
        return Optional.of(found.stream()
                .filter(ref -> head.isPresent() && ref.baseline().equals(head.get()))
                .findFirst()
                .orElseThrow(() -> ExperimentRefs.ambiguous(name, found)));
    }
}

package dev.cairn.engine.experiment;

import dev.cairn.store.git.GitRepository;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;

/** The tips of branches, the tags, or all commits, by the names that DVC gives them: names of one commit are joined by commas. */
public final class NamedCommits {
    private final GitRepository git;

    public NamedCommits(GitRepository git) {
        this.git = git;
    }

    /** The commits asked for, in the order of branches, tags, commits. */
    public Map<String, ObjectId> select(boolean branches, boolean tags, boolean commits) {
        Map<ObjectId, List<String>> names = new LinkedHashMap<>();
        if (branches) {
            collect("refs/heads/", names);
        }
        if (tags) {
            collect("refs/tags/", names);
        }
        if (commits) {
            new Baselines(git, new ExperimentRefs(git))
                    .select(List.of(), 0, false, false, true)
                    .forEach(id ->
                            names.computeIfAbsent(id, i -> new ArrayList<>()).add(id.name()));
        }
        Map<String, ObjectId> out = new LinkedHashMap<>();
        names.forEach((id, all) -> out.put(String.join(",", all), id));
        return out;
    }

    private void collect(String prefix, Map<ObjectId, List<String>> names) {
        new TreeMap<>(git.refs(prefix)).keySet().forEach(ref -> git.resolve(ref + "^{commit}")
                .ifPresent(
                        id -> names.computeIfAbsent(id, i -> new ArrayList<>()).add(ref.substring(prefix.length()))));
    }
}

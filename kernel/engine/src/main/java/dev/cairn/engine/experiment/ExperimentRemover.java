package dev.cairn.engine.experiment;

import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.project.Project;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.git.RefTransaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** Removes experiments: their refs. Cached outputs stay until {@code gc}. */
public final class ExperimentRemover {
    private final GitRepository git;
    private final ExperimentRefs refs;

    public ExperimentRemover(Project project) {
        this.git = project.git();
        this.refs = new ExperimentRefs(git);
    }

    /**
     * Removes the experiments of these names.
     *
     * @throws UnknownNameException when there is none of one of them; nothing was removed then
     */
    public List<String> remove(List<String> names) {
        Map<ExperimentRef, ObjectId> found = new LinkedHashMap<>();
        for (String name : names) {
            Optional<ExperimentRef> ref = refs.find(name);
            found.put(
                    ref.orElseThrow(() -> new UnknownNameException(
                            "'%s' is not a valid experiment name".formatted(name),
                            "`exp list --all-commits` shows the experiments there are.")),
                    refs.tip(ref.get()).orElseThrow());
        }
        return remove(found);
    }

    /** Removes every experiment, of every baseline. */
    public List<String> removeAll() {
        return remove(refs.all());
    }

    private List<String> remove(Map<ExperimentRef, ObjectId> found) {
        RefTransaction transaction = new RefTransaction(git);
        ExecRefs exec = new ExecRefs(git);
        found.forEach((ref, tip) -> {
            transaction.delete(ref.refName(), tip);
            exec.clearIf(tip);
        });
        return found.keySet().stream().map(ExperimentRef::name).toList();
    }
}

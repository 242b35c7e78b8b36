package dev.cairn.engine.experiment;

import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.project.Project;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.git.RefTransaction;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;

/** Gives an experiment another name. Its commits stay as they are. */
public final class ExperimentRenamer {
    private final GitRepository git;

    public ExperimentRenamer(Project project) {
        this.git = project.git();
    }

    /**
     * Renames it.
     *
     * @param force replace one that has the new name
     * @throws UnknownNameException when there is none of the old name
     * @throws ConflictException when there is one of the new name and {@code force} is not given
     */
    public void rename(String name, String newName, boolean force) {
        ExperimentNames.check(newName);
        ExperimentRefs refs = new ExperimentRefs(git);
        ExperimentRef old = new ExperimentSelector(git, refs.all())
                .select(new ExperimentSelection(List.of(name), List.of(), 1, false))
                .keySet()
                .iterator()
                .next();
        ExperimentRef renamed = new ExperimentRef(old.baseline(), newName);
        if (old.equals(renamed)) {
            return;
        }
        ObjectId tip = refs.tip(old).orElseThrow();
        ObjectId there = refs.tip(renamed).orElse(ObjectId.zeroId());
        if (!there.equals(ObjectId.zeroId()) && !force) {
            throw new ConflictException(
                    "Experiment conflicts with existing experiment '%s'. To overwrite the existing experiment run:\n\n\tdvc exp rename -f ..."
                            .formatted(newName),
                    "");
        }
        RefTransaction transaction = new RefTransaction(git);
        transaction.compareAndSet(renamed.refName(), there, tip, null);
        transaction.delete(old.refName(), tip);
        new Annotations(git).rename(old, renamed);
    }
}

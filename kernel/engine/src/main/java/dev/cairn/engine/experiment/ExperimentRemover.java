package dev.cairn.engine.experiment;

import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.experiment.ExperimentQueueReader.Entry;
import dev.cairn.engine.project.Project;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.git.GitTransport;
import dev.cairn.store.git.RefTransaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.eclipse.jgit.lib.ObjectId;

/** Removes experiments: their refs, and those that wait in the queue. Cached outputs stay until {@code gc}. */
public final class ExperimentRemover {
    private final Project project;
    private final GitRepository git;
    private final ExperimentRefs refs;

    public ExperimentRemover(Project project) {
        this.project = project;
        this.git = project.git();
        this.refs = new ExperimentRefs(git);
    }

    /**
     * Removes the selected experiments; a name may be that of one in the queue.
     *
     * @return their names, in the order in which they were given
     * @throws UnknownNameException when there is none of one of the names; nothing was removed then
     */
    public List<String> remove(ExperimentSelection selection) {
        if (selection.names().isEmpty()) {
            return remove(new ExperimentSelector(git, refs.all()).select(selection));
        }
        ExperimentSelector selector = new ExperimentSelector(git, refs.all());
        ExperimentQueue queue = new ExperimentQueue(project);
        Map<ExperimentRef, ObjectId> found = new LinkedHashMap<>();
        List<Entry> waiting = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        List<Entry> entries = new ArrayList<>(queue.reader().queued());
        entries.addAll(queue.reader().failed());
        for (String name : selection.names()) {
            var ref = selector.find(name);
            ref.ifPresent(r -> found.put(r, refs.tip(r).orElseThrow()));
            List<Entry> queued =
                    entries.stream().filter(entry -> entry.isNamed(name)).toList();
            waiting.addAll(queued);
            if (ref.isEmpty() && queued.isEmpty()) {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            List<String> known = new ArrayList<>();
            refs.all().keySet().forEach(ref -> known.add(ref.name()));
            entries.forEach(entry -> known.add(entry.shownName()));
            throw ExperimentSelector.unknown(unknown, known);
        }
        remove(found);
        queue.remove(waiting.stream().map(Entry::stash).toList());
        return selection.names();
    }

    /** Removes what waits in the queue. */
    public List<String> removeQueued() {
        ExperimentQueue queue = new ExperimentQueue(project);
        List<Entry> queued = queue.reader().queued();
        queue.remove(queued.stream().map(Entry::stash).toList());
        return queued.stream().map(Entry::shownName).toList();
    }

    /**
     * Removes experiments from another repository.
     *
     * @param remote its name, URL or path
     */
    public List<String> removeRemote(String remote, ExperimentSelection selection) {
        GitTransport transport = new GitTransport(git, project.environment().variables());
        SortedMap<ExperimentRef, ObjectId> there =
                ExperimentSelector.experiments(transport.refs(remote, ExperimentRef.NAMESPACE));
        SortedMap<ExperimentRef, ObjectId> found = new ExperimentSelector(git, there).select(selection);
        transport.delete(
                remote, found.keySet().stream().map(ExperimentRef::refName).toList());
        return found.keySet().stream().map(ExperimentRef::name).toList();
    }

    List<String> remove(Map<ExperimentRef, ObjectId> found) {
        RefTransaction transaction = new RefTransaction(git);
        ExecRefs exec = new ExecRefs(git);
        Annotations annotations = new Annotations(git);
        found.forEach((ref, tip) -> {
            transaction.delete(ref.refName(), tip);
            exec.clearIf(tip);
            annotations.remove(ref);
        });
        return found.keySet().stream().map(ExperimentRef::name).toList();
    }
}

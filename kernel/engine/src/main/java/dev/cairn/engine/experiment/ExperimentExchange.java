package dev.cairn.engine.experiment;

import dev.cairn.engine.data.DataTransfer;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.project.Project;
import dev.cairn.store.git.CommitInfo;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.git.GitTransport;
import dev.cairn.store.git.RefTransaction;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.eclipse.jgit.lib.ObjectId;

/** Sends experiments to another Git repository and brings them from there. What is cached goes by a {@link DataTransfer}. */
public final class ExperimentExchange {
    private final Project project;
    private final GitRepository git;
    private final ExperimentRefs refs;
    private final GitTransport transport;

    public ExperimentExchange(Project project) {
        this.project = project;
        this.git = project.git();
        this.refs = new ExperimentRefs(git);
        this.transport = new GitTransport(git, project.environment().variables());
    }

    /** Throws when there is no repository at the remote. */
    static void requireReachable(Project project, String remote) {
        new GitTransport(project.git(), project.environment().variables()).refs(remote, ExperimentRef.NAMESPACE);
    }

    /**
     * What was done.
     *
     * @param moved experiments that were sent or brought
     * @param upToDate those that were the same on both sides
     * @param diverged those left alone, because one side has commits that would be lost
     */
    public record Exchanged(List<ExperimentRef> moved, List<ExperimentRef> upToDate, List<ExperimentRef> diverged) {
        public Exchanged {
            moved = List.copyOf(moved);
            upToDate = List.copyOf(upToDate);
            diverged = List.copyOf(diverged);
        }

        /** Those that are the same on both sides now. */
        public List<ExperimentRef> present() {
            List<ExperimentRef> all = new ArrayList<>(upToDate);
            all.addAll(moved);
            return all;
        }
    }

    /**
     * Sends experiments.
     *
     * @param remote the other repository's name, URL or path
     * @param force also replace those that have diverged
     */
    public Exchanged push(String remote, ExperimentSelection selection, boolean force) {
        SortedMap<ExperimentRef, ObjectId> wanted = new ExperimentSelector(git, refs.all()).select(selection);
        Map<String, ObjectId> there = transport.refs(remote, ExperimentRef.NAMESPACE);
        List<ExperimentRef> moved = new ArrayList<>();
        List<ExperimentRef> upToDate = new ArrayList<>();
        List<ExperimentRef> diverged = new ArrayList<>();
        wanted.forEach((ref, tip) -> {
            ObjectId other = there.get(ref.refName());
            if (tip.equals(other)) {
                upToDate.add(ref);
            } else if (other == null || force || git.has(other) && git.isAncestor(other, tip)) {
                moved.add(ref);
            } else {
                diverged.add(ref);
            }
        });
        transport.push(remote, moved.stream().map(ExperimentRef::refName).toList());
        Exchanged done = new Exchanged(moved, upToDate, diverged);
        mergeNotes(remote, done.present());
        transport.push(
                remote,
                done.present().stream()
                        .map(Annotations::refName)
                        .filter(ref -> git.refValue(ref).isPresent())
                        .toList());
        return done;
    }

    /**
     * Brings experiments.
     *
     * @param remote the other repository's name, URL or path
     * @param force also replace those that have diverged
     */
    public Exchanged pull(String remote, ExperimentSelection selection, boolean force) {
        SortedMap<ExperimentRef, ObjectId> there =
                ExperimentSelector.experiments(transport.refs(remote, ExperimentRef.NAMESPACE));
        SortedMap<ExperimentRef, ObjectId> wanted = new ExperimentSelector(git, there).select(selection);
        Map<ExperimentRef, ObjectId> differing = new LinkedHashMap<>(wanted);
        differing
                .entrySet()
                .removeIf(e -> refs.tip(e.getKey()).filter(e.getValue()::equals).isPresent());
        transport.fetch(
                remote, differing.keySet().stream().map(ExperimentRef::refName).toList());
        List<ExperimentRef> upToDate = new ArrayList<>(wanted.keySet());
        upToDate.removeAll(differing.keySet());
        List<ExperimentRef> moved = new ArrayList<>();
        List<ExperimentRef> diverged = new ArrayList<>();
        RefTransaction transaction = new RefTransaction(git);
        differing.forEach((ref, tip) -> {
            ObjectId here = refs.tip(ref).orElse(ObjectId.zeroId());
            if (here.equals(ObjectId.zeroId()) || force || git.isAncestor(here, tip)) {
                transaction.compareAndSet(ref.refName(), here, tip, null);
                moved.add(ref);
            } else {
                diverged.add(ref);
            }
        });
        Exchanged done = new Exchanged(moved, upToDate, diverged);
        mergeNotes(remote, done.present());
        return done;
    }

    /** Stars, tags and notes of the other side come into ours. */
    private void mergeNotes(String remote, List<ExperimentRef> experiments) {
        Map<String, ObjectId> there = transport.refs(remote, Annotations.PREFIX);
        Map<ExperimentRef, ObjectId> theirs = new LinkedHashMap<>();
        for (ExperimentRef experiment : experiments) {
            ObjectId notes = there.get(Annotations.refName(experiment));
            if (notes != null) {
                theirs.put(experiment, notes);
            }
        }
        transport.fetch(
                remote, theirs.keySet().stream().map(Annotations::refName).toList());
        theirs.forEach(new Annotations(git)::merge);
    }

    /** The cached content that commits of the experiments name: every checkpoint's, so that each can be applied. */
    public Map<HashName, Set<ContentHash>> content(Collection<ExperimentRef> experiments) {
        Set<ObjectId> commits = new LinkedHashSet<>();
        for (ExperimentRef ref : experiments) {
            refs.tip(ref)
                    .ifPresent(tip ->
                            refs.chain(ref, tip).stream().map(CommitInfo::id).forEach(commits::add));
        }
        Map<HashName, Set<ContentHash>> content = new EnumMap<>(HashName.class);
        for (ObjectId commit : commits) {
            Pipeline pipeline = PipelineReader.read(project.revision(commit));
            DataTransfer.hashes(pipeline, pipeline.stages().keySet())
                    .forEach((name, hashes) -> content.computeIfAbsent(name, n -> new LinkedHashSet<>())
                            .addAll(hashes));
        }
        return content;
    }
}

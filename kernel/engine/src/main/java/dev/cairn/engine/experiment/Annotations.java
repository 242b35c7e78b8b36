package dev.cairn.engine.experiment;

import dev.cairn.store.git.CommitWriter;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.git.RefTransaction;
import dev.cairn.store.git.TreeFiles;
import dev.cairn.store.git.TreeOverlay;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Stars, tags and notes of experiments. They are Git notes: one ref an experiment below {@code refs/notes/cairn/}, in which each annotated
 * checkpoint has a file of its name. DVC does not look there.
 */
public final class Annotations {
    static final String PREFIX = "refs/notes/cairn/";

    private final GitRepository git;

    public Annotations(GitRepository git) {
        this.git = git;
    }

    /** The ref of the experiment's notes, whether it exists or not. */
    static String refName(ExperimentRef experiment) {
        return PREFIX + experiment.refName().substring(ExperimentRef.NAMESPACE.length());
    }

    /** What is remarked about the checkpoints of every experiment, by the hash of the commit. */
    Map<String, Annotation> all() {
        Map<String, Annotation> all = new HashMap<>();
        git.refs(PREFIX).values().forEach(notes -> all.putAll(read(notes)));
        return all;
    }

    /** The same of one experiment. */
    public Map<String, Annotation> of(ExperimentRef experiment) {
        return git.refValue(refName(experiment)).map(this::read).orElse(Map.of());
    }

    private Map<String, Annotation> read(ObjectId notes) {
        Map<String, Annotation> found = new LinkedHashMap<>();
        TreeFiles files = git.files(notes);
        for (String path : files.list()) {
            files.read(path)
                    .ifPresent(content -> found.put(
                            path.replace("/", ""), Annotation.parse(new String(content, StandardCharsets.UTF_8))));
        }
        return found;
    }

    /** Changes what is remarked about a checkpoint, and tells what it is then. */
    Annotation change(ExperimentRef experiment, ObjectId commit, UnaryOperator<Annotation> change) {
        Map<String, Annotation> all = new LinkedHashMap<>(of(experiment));
        Annotation changed = change.apply(all.getOrDefault(commit.name(), Annotation.NONE))
                .at(git.committer().getWhenAsInstant());
        all.put(commit.name(), changed);
        write(experiment, all);
        return changed;
    }

    /** The experiment has another name now. */
    void rename(ExperimentRef old, ExperimentRef renamed) {
        git.refValue(refName(old)).ifPresent(notes -> {
            new RefTransaction(git).set(refName(renamed), notes, null);
            remove(old);
        });
    }

    /** The experiment is no more. */
    void remove(ExperimentRef experiment) {
        git.refValue(refName(experiment))
                .ifPresent(notes -> new RefTransaction(git).delete(refName(experiment), notes));
    }

    /** The checkpoints have other hashes now; what is remarked about one that is in no map goes. */
    void move(ExperimentRef experiment, Map<ObjectId, ObjectId> moved) {
        Map<String, Annotation> old = of(experiment);
        if (old.isEmpty()) {
            return;
        }
        Map<String, Annotation> kept = new LinkedHashMap<>();
        moved.forEach((from, to) -> Optional.ofNullable(old.get(from.name())).ifPresent(a -> kept.put(to.name(), a)));
        write(experiment, kept);
    }

    /** Takes in what others remarked: of two remarks about one checkpoint the later counts. */
    void merge(ExperimentRef experiment, ObjectId theirs) {
        Map<String, Annotation> merged = new LinkedHashMap<>(of(experiment));
        read(theirs)
                .forEach((commit, annotation) -> merged.merge(
                        commit, annotation, (ours, other) -> other.changed().isAfter(ours.changed()) ? other : ours));
        if (!merged.equals(of(experiment))) {
            write(experiment, merged);
        }
    }

    private void write(ExperimentRef experiment, Map<String, Annotation> annotations) {
        String ref = refName(experiment);
        Optional<ObjectId> before = git.refValue(ref);
        Map<String, byte[]> contents = new LinkedHashMap<>();
        annotations.forEach(
                (commit, annotation) -> contents.put(commit, annotation.text().getBytes(StandardCharsets.UTF_8)));
        Set<String> gone = new LinkedHashSet<>();
        before.ifPresent(notes -> gone.addAll(git.files(notes).list()));
        gone.removeAll(contents.keySet());
        TreeOverlay overlay = new TreeOverlay(git);
        ObjectId tree = before.isPresent() ? overlay.write(before.get(), contents, gone) : overlay.write(contents);
        ObjectId commit = new CommitWriter(git)
                .write(tree, before.map(List::of).orElse(List.of()), "Notes about '%s'".formatted(experiment.name()));
        new RefTransaction(git).compareAndSet(ref, before.orElse(ObjectId.zeroId()), commit, null);
    }
}

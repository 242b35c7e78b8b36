package dev.cairn.engine.experiment;

import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.store.git.CommitInfo;
import dev.cairn.store.git.GitRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;

/** Finds experiments by their refs, and revisions by the names users give them. Looks at the repository on each call. */
public final class ExperimentRefs {
    private final GitRepository git;

    public ExperimentRefs(GitRepository git) {
        this.git = git;
    }

    /** Every experiment and its tip, by the name of the ref. */
    public SortedMap<ExperimentRef, ObjectId> all() {
        return below(ExperimentRef.NAMESPACE);
    }

    /** The experiments that start from the commit, and their tips. */
    public SortedMap<ExperimentRef, ObjectId> of(ObjectId baseline) {
        return below(ExperimentRef.prefix(baseline));
    }

    private SortedMap<ExperimentRef, ObjectId> below(String prefix) {
        SortedMap<ExperimentRef, ObjectId> found = new TreeMap<>();
        git.refs(prefix).forEach((name, id) -> ExperimentRef.parse(name).ifPresent(ref -> found.put(ref, id)));
        return found;
    }

    /** The commit the experiment's ref points at. */
    public Optional<ObjectId> tip(ExperimentRef ref) {
        return git.refValue(ref.refName());
    }

    /**
     * The experiment of that name, or of that full ref name. Under several baselines the one under HEAD wins.
     *
     * @throws ConflictException when there are several and none is under HEAD
     */
    public Optional<ExperimentRef> find(String name) {
        Optional<ExperimentRef> full = ExperimentRef.parse(name);
        if (full.isPresent()) {
            return full.filter(ref -> tip(ref).isPresent());
        }
        List<ExperimentRef> found =
                all().keySet().stream().filter(ref -> ref.name().equals(name)).toList();
        if (found.size() <= 1) {
            return found.stream().findFirst();
        }
        Optional<ObjectId> head = git.head();
        return Optional.of(found.stream()
                .filter(ref -> head.isPresent() && ref.baseline().equals(head.get()))
                .findFirst()
                .orElseThrow(() -> ambiguous(name, found)));
    }

    static ConflictException ambiguous(String name, List<ExperimentRef> found) {
        String refs = found.stream().map(ref -> "\t" + ref.refName() + "\n").collect(Collectors.joining());
        return new ConflictException(
                "Ambiguous name '%s' refers to multiple experiments. Use one of the following full refnames instead:\n\n%s"
                        .formatted(name, refs),
                "");
    }

    /** The experiments whose chain holds the commit: more than one when they share checkpoints. */
    public List<ExperimentRef> containing(ObjectId commit) {
        List<ExperimentRef> found = new ArrayList<>();
        all().forEach((ref, tip) -> {
            if (chain(ref, tip).stream().anyMatch(c -> c.id().equals(commit))) {
                found.add(ref);
            }
        });
        return found;
    }

    /** The experiment's commits from its tip back to the first after the baseline. */
    List<CommitInfo> chain(ExperimentRef ref, ObjectId tip) {
        return git.firstParents(tip, ref.baseline(), Integer.MAX_VALUE);
    }

    /**
     * The commit that the user means: a branch or tag, an experiment's name, or anything Git understands. Names of experiments come before
     * abbreviated hashes, and {@code name~1} is the checkpoint before the tip.
     *
     * @throws UnknownNameException when there is none
     */
    public ObjectId resolve(String revision) {
        String name = revision.split("[~^@:]", 2)[0];
        if (!name.isEmpty() && !isBranchOrTag(name)) {
            Optional<ObjectId> tip = find(name).flatMap(this::tip);
            if (tip.isPresent()) {
                String suffix = revision.substring(name.length());
                return suffix.isEmpty()
                        ? tip.get()
                        : git.resolve(tip.get().name() + suffix).orElseThrow(() -> unknown(revision));
            }
        }
        return git.resolve(revision).orElseThrow(() -> unknown(revision));
    }

    private boolean isBranchOrTag(String name) {
        if (name.equals("HEAD")) {
            return true;
        }
        return git.refValue("refs/heads/" + name).isPresent()
                || git.refValue("refs/tags/" + name).isPresent();
    }

    private static UnknownNameException unknown(String revision) {
        return new UnknownNameException(
                "unknown Git revision '%s'".formatted(revision),
                "`exp list --all-commits` shows the experiments there are.");
    }
}

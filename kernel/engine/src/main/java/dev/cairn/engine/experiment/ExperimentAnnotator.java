package dev.cairn.engine.experiment;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.project.Project;
import dev.cairn.store.git.GitRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.lib.ObjectId;

/** Puts stars, tags and notes on experiments and single checkpoints. */
public final class ExperimentAnnotator {
    private final GitRepository git;
    private final ExperimentRefs refs;

    public ExperimentAnnotator(Project project) {
        this.git = project.git();
        this.refs = new ExperimentRefs(git);
    }

    /**
     * What was remarked, and about what.
     *
     * @param revision the checkpoint, 40 hex
     */
    public record Annotated(ExperimentRef experiment, String revision, Annotation annotation) {}

    /** Puts a star on it, or takes it off. */
    public Annotated star(String experiment, boolean on) {
        return change(experiment, annotation -> annotation.starred(on));
    }

    /** Adds tags and removes others. */
    public Annotated tag(String experiment, List<String> added, List<String> removed) {
        for (String tag : added) {
            if (!tag.matches("[\\p{L}\\p{N}_.:/+-]+")) {
                throw new EngineException(
                        "'%s' is no tag".formatted(tag), "A tag is one word of letters, digits and _ . : / + -.");
            }
        }
        return change(experiment, annotation -> {
            TreeSet<String> tags = new TreeSet<>(annotation.tags());
            tags.addAll(added);
            removed.forEach(tags::remove);
            return annotation.with(tags);
        });
    }

    /** Adds a note; an empty one removes all. */
    public Annotated note(String experiment, String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return change(experiment, annotation -> {
            List<String> notes = new ArrayList<>(line.isEmpty() ? List.of() : annotation.notes());
            if (!line.isEmpty()) {
                notes.add(line);
            }
            return annotation.with(notes);
        });
    }

    private Annotated change(String experiment, UnaryOperator<Annotation> change) {
        ObjectId commit = refs.resolve(experiment);
        List<ExperimentRef> holders = refs.containing(commit);
        ExperimentRef ref = refs.find(experiment)
                .or(() -> holders.stream().findFirst())
                .orElseThrow(() -> new UnknownNameException(
                        "'%s' is no experiment and no checkpoint".formatted(experiment),
                        "`exp list --all-commits` shows the experiments there are."));
        return new Annotated(ref, commit.name(), new Annotations(git).change(ref, commit, change));
    }
}

package dev.cairn.engine.metric;

import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.RevisionFiles;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jgit.lib.ObjectId;

/** The revisions of an open project. */
public final class ProjectRevisions implements RevisionSource {
    private final Project project;
    private final Function<RevisionFiles, Pipeline> pipelines;

    /** @param pipelines reads the stages of a revision */
    public ProjectRevisions(Project project, Function<RevisionFiles, Pipeline> pipelines) {
        this.project = project;
        this.pipelines = pipelines;
    }

    @Override
    public RevisionData workspace() {
        return new RevisionData(RevisionData.WORKSPACE, project.workspace(), pipelines, this::cached);
    }

    @Override
    public RevisionData commit(String name, ObjectId commit) {
        return new RevisionData(name, project.revision(commit), pipelines, this::cached);
    }

    private Optional<byte[]> cached(ContentHash hash, HashName hashName) {
        var object = project.cache(hashName).pathOf(hash);
        try {
            return Optional.of(Files.readAllBytes(object));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + object, e);
        }
    }
}

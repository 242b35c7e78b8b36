package dev.cairn.engine.data;

import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.error.ExpectedFailureException;
import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.project.GitIgnoreEditor;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.engine.yaml.YamlEditor;
import dev.cairn.store.file.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Renames tracked data together with its .dvc file and its line in .gitignore. */
public final class DataMover {
    private static final int LINES = 3;

    private final Project project;

    public DataMover(Project project) {
        this.project = project;
    }

    /**
     * Moves data that a .dvc file tracks.
     *
     * @param from as typed: the data
     * @param to as typed: its new name, or a directory to put it into
     * @return files of Git's that were written, relative to the root
     * @throws UnknownNameException when nothing tracks {@code from}
     * @throws ConflictException when a stage makes it, or the new place is taken; nothing was changed then
     */
    public Set<String> move(String from, String to) {
        try (ProjectLock lock = new ProjectLock(project)) {
            Pipeline pipeline = PipelineReader.read(project.workspace());
            String source = project.relativize(from);
            Stage stage = tracking(pipeline, from, source);
            String target = project.relativize(to);
            if (Files.isDirectory(project.resolve(target))) {
                target = ProjectPath.resolve(target, ProjectPath.name(source));
            }
            require(pipeline, from, source, to, target);
            return move(stage, source, target);
        }
    }

    private static Stage tracking(Pipeline pipeline, String from, String source) {
        if (source.endsWith(".dvc")) {
            throw new ExpectedFailureException(
                    "DVC file '%s' cannot be an output.".formatted(from), "Name the data itself.");
        }
        Stage stage = pipeline.producerOf(source)
                .filter(found -> found.output(source).isPresent())
                .orElseThrow(() -> new UnknownNameException(
                        "Unable to find DVC file with output '%s'".formatted(from),
                        "Only what `add` tracks as a whole can be moved."));
        if (!stage.isData()) {
            throw new ConflictException(
                    "move is not permitted for stages that are not data sources. You need to either move '%s' to a new location and edit it by hand, or remove '%s' and create a new one at the desired location."
                            .formatted(stage.address(), stage.address()),
                    "");
        }
        return stage;
    }

    private void require(Pipeline pipeline, String from, String source, String to, String target) {
        if (!Files.exists(project.resolve(source), LinkOption.NOFOLLOW_LINKS)) {
            throw new ExpectedFailureException(
                    "'%s' does not exist".formatted(from), "Get it with `checkout` or `pull` first.");
        }
        if (target.startsWith("../")) {
            throw new ConflictException("'%s' is outside of the project".formatted(to), "");
        }
        Path parent = project.resolve(ProjectPath.parent(target));
        if (!Files.isDirectory(parent)) {
            throw new ExpectedFailureException(
                    "stage working dir '%s' does not exist".formatted(parent), "Make the directory first.");
        }
        Optional<Stage> owner = pipeline.producerOf(target);
        if (owner.isPresent()) {
            throw new ConflictException(
                    "'%s' would lie in the output '%s'"
                            .formatted(to, owner.get().outputs().get(0).path()),
                    "Choose a place outside of it.");
        }
        if (Files.exists(project.resolve(target), LinkOption.NOFOLLOW_LINKS)
                || Files.exists(project.resolve(target + ".dvc"))) {
            throw new ConflictException("'%s' exists already".formatted(to), "Choose another name.");
        }
    }

    /** The new .dvc file comes before the data and the old one goes after it, so that the data is tracked at any moment. */
    private Set<String> move(Stage stage, String source, String target) {
        String oldFile = stage.address().file();
        boolean isBeside = oldFile.equals(source + ".dvc");
        String newFile = isBeside ? target + ".dvc" : oldFile;
        String text = project.workspace()
                .read(oldFile)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalStateException("it was just read"));
        YamlEditor editor = new YamlEditor(oldFile, text);
        String path = isBeside
                ? ProjectPath.name(target)
                : Path.of("/" + stage.workingDirectory())
                        .relativize(Path.of("/" + target))
                        .toString()
                        .replace('\\', '/');
        editor.set(List.of("outs", "0", "path"), path);
        Set<String> changed = new TreeSet<>(List.of(newFile));
        GitIgnoreEditor ignores = new GitIgnoreEditor(project);
        ignores.ignore(target, LINES).ifPresent(changed::add);
        AtomicFiles.write(project.resolve(newFile), editor.text().getBytes(StandardCharsets.UTF_8));
        try {
            Files.move(project.resolve(source), project.resolve(target));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot move %s to %s".formatted(source, target), e);
        }
        if (isBeside) {
            AtomicFiles.deleteRecursively(project.resolve(oldFile));
        }
        ignores.unignore(source).ifPresent(changed::add);
        return changed;
    }
}

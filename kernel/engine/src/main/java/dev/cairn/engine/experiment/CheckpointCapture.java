package dev.cairn.engine.experiment;

import dev.cairn.engine.experiment.SessionCheckpoints.Request;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.reproduce.ChangeDetector;
import dev.cairn.engine.reproduce.ChangeReason;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.git.WorkspaceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Holds the workspace as it is, for checkpoints that are recorded a little later. What Git keeps is written as a tree at once, for it is
 * small and mostly unchanged; of an output its file is linked aside. Used by one thread at a time, beside the one that records.
 */
final class CheckpointCapture {
    private final Project project;
    private final WorkspaceTree workspace;
    private final Set<String> recordFiles;
    private final Set<String> carried;
    private final Set<String> known;
    private final Pipeline pipeline;
    private final List<Stage> others;
    private final Path directory;
    private long number;

    /**
     * Goes on from a checkpoint that was recorded as a whole.
     *
     * @param outputs that it took in beside those of stages, relative to the root
     * @param recordFiles files of the project that the record of a checkpoint writes itself
     */
    CheckpointCapture(
            Project project,
            WorkspaceTree workspace,
            ObjectId commit,
            Collection<String> outputs,
            Set<String> recordFiles) {
        this.project = project;
        this.workspace = workspace;
        this.recordFiles = recordFiles;
        this.carried = new LinkedHashSet<>(project.git().files(commit).list());
        this.known = new LinkedHashSet<>(outputs);
        known.removeIf(path -> !Files.isRegularFile(project.resolve(path + ".dvc")));
        this.pipeline = PipelineReader.read(project.workspace());
        this.others = pipeline.stages().values().stream()
                .filter(stage -> stage.outputs().stream().anyMatch(output -> !known.contains(output.path())))
                .toList();
        this.directory = project.temporaryDirectory().resolve("cairn/held");
        AtomicFiles.deleteRecursively(directory); // of a session that was killed
        try {
            AtomicFiles.makeDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + directory, e);
        }
    }

    /**
     * Holds what is there now. The outputs' files must be replaced as a whole from then on, not written to.
     *
     * @return empty when something has changed that cannot be held so
     */
    Optional<CapturedCheckpoint> take(Request request) {
        List<String> outputs =
                request.outputs().stream().map(project::relativize).toList();
        boolean canHold =
                outputs.stream().allMatch(this::isKnownFile) && others.stream().noneMatch(this::isChanged);
        if (!canHold) {
            return Optional.empty();
        }
        request.kept().forEach(typed -> carried.add(project.gitPrefix() + project.relativize(typed)));
        Set<String> writtenLater = new LinkedHashSet<>(recordFiles);
        outputs.forEach(path -> writtenLater.add(path + ".dvc"));
        writtenLater.add(".dvc/tmp");
        Set<String> excluded = new LinkedHashSet<>();
        writtenLater.forEach(path -> excluded.add(project.gitPrefix() + path));
        ObjectId tree = workspace.write(carried, excluded);
        Map<String, Path> held = new LinkedHashMap<>();
        long bytes = 0;
        for (String path : outputs) {
            Path file = hold(project.resolve(path));
            bytes += file.toFile().length();
            held.put(path, file);
        }
        return Optional.of(new CapturedCheckpoint(request, tree, held, bytes));
    }

    private boolean isKnownFile(String path) {
        return known.contains(path) && Files.isRegularFile(project.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    private boolean isChanged(Stage stage) {
        boolean exists = stage.outputs().stream().allMatch(output -> Files.exists(project.resolve(output.path())));
        return exists
                && new ChangeDetector(project)
                        .compare(stage, pipeline.lock(stage.address())).changes().stream()
                                .anyMatch(change -> change.kind() == ChangeReason.Kind.OUTPUT);
    }

    private Path hold(Path file) {
        Path held = directory.resolve(Long.toString(number++));
        try {
            return Files.createLink(held, file);
        } catch (FileSystemException | UnsupportedOperationException e) {
            return copy(file, held); // no hard links here
        } catch (IOException e) {
            throw new UncheckedIOException("cannot hold " + file, e);
        }
    }

    private static Path copy(Path file, Path held) {
        try {
            return Files.copy(file, held);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + file, e);
        }
    }
}

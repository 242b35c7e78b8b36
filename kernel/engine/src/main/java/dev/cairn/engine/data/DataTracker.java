package dev.cairn.engine.data;

import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.error.ExpectedFailureException;
import dev.cairn.engine.pipeline.DataFile;
import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.project.GitIgnoreEditor;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.engine.reproduce.PathStates;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.hash.HashName;
import dev.cairn.store.snapshot.FileSnapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Takes files and directories under control: their content into the cache, a .dvc file beside them, a line into .gitignore. */
public final class DataTracker {
    private final Project project;

    public DataTracker(Project project) {
        this.project = project;
    }

    /**
     * What was added.
     *
     * @param files the .dvc files, relative to the root
     * @param gitPaths files to be committed to Git that were written, relative to the root
     */
    public record Added(List<String> files, Set<String> gitPaths) {}

    /**
     * Adds data.
     *
     * @param targets as typed: files or directories
     * @param commit whether content goes into the cache; else it is only hashed
     * @throws ExpectedFailureException when a target does not exist, or cannot be tracked
     */
    public Added add(List<String> targets, boolean commit) {
        try (ProjectLock lock = new ProjectLock(project)) {
            Pipeline pipeline = PipelineReader.read(project.workspace());
            Set<String> paths = new LinkedHashSet<>();
            for (String target : targets) {
                paths.add(require(target, pipeline));
            }
            List<String> files = new ArrayList<>();
            Set<String> gitPaths = new TreeSet<>();
            for (String path : paths) {
                files.add(add(path, commit, gitPaths));
            }
            return new Added(files, gitPaths);
        }
    }

    private String require(String target, Pipeline pipeline) {
        String path = project.relativize(target);
        Path file = project.resolve(path);
        if (path.endsWith(".dvc")) {
            throw new ExpectedFailureException(
                    "DVC file '%s' cannot be an output.".formatted(target), "Add the data itself.");
        }
        if (!java.nio.file.Files.exists(file)) {
            throw new ExpectedFailureException(
                    "output '%s' does not exist: [Errno 2] No such file or directory: '%s'".formatted(target, file),
                    "Check the spelling and the directory you are in.");
        }
        if (project.ignoreRules().isIgnored(file, java.nio.file.Files.isDirectory(file))) {
            throw new ExpectedFailureException(
                    "Path '%s' is ignored by\n.dvcignore".formatted(file), "Remove the pattern from .dvcignore.");
        }
        if (project.gitIfAny().map(git -> git.isTracked(file)).orElse(false)) {
            throw new ExpectedFailureException(
                    """
                     output '%s' is already tracked by SCM (e.g. Git).
                        You can remove it from Git, then add to DVC.
                            To stop tracking from Git:
                                git rm -r --cached '%s'
                                git commit -m "stop tracking %s"
                    """
                            .formatted(target, target, target),
                    "");
        }
        Optional<String> tracking = around(path, pipeline);
        tracking.ifPresent(other -> {
            throw new ConflictException(
                    "Cannot add '%s', because it is overlapping with other DVC tracked output: '%s'."
                            .formatted(target, other),
                    "Add '%s' again instead, or remove it first.".formatted(other));
        });
        return path;
    }

    private static Optional<String> around(String path, Pipeline pipeline) {
        return pipeline.stages().values().stream()
                .flatMap(s -> s.outputs().stream())
                .map(o -> o.path())
                .filter(other -> !other.equals(path))
                .filter(other -> ProjectPath.isIn(path, other) || ProjectPath.isIn(other, path))
                .findFirst()
                .or(() -> pipeline.stages().values().stream()
                        .filter(s -> !s.isData() && s.output(path).isPresent())
                        .map(Stage::address)
                        .map(StageAddress::toString)
                        .findFirst());
    }

    private String add(String path, boolean commit, Set<String> gitPaths) {
        HashName hashName = project.hashName();
        Path file = project.resolve(path);
        FileSnapshot snapshot = commit
                ? project.cache(hashName).take(file, project.snapshotter())
                : project.snapshotter().snapshot(file, hashName);
        if (commit) {
            project.checkout(hashName).relink(file, snapshot);
            snapshot.contentHash().ifPresent(hash -> project.trackedPlaces().note(path, hash));
        }
        new GitIgnoreEditor(project).ignore(path).ifPresent(gitPaths::add);
        String dataFile = path + ".dvc";
        String old = project.workspace()
                .read(dataFile)
                .map(b -> new String(b, StandardCharsets.UTF_8))
                .orElse(null);
        PathState state = PathStates.of(ProjectPath.name(path), snapshot, hashName);
        AtomicFiles.write(project.resolve(dataFile), DataFile.bytes(DataFile.write(dataFile, old, state)));
        gitPaths.add(dataFile);
        return dataFile;
    }
}

package dev.cairn.engine.pipeline;

import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectPath;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the stages that a command's targets name: stages, .dvc and dvc.yaml files, outputs, and paths inside outputs. */
public final class TargetResolver {
    private final Pipeline pipeline;
    private final Project project;
    private final String directory;

    /**
     * For arguments typed in the project's working directory.
     *
     * @param pipeline the project's, in the workspace or at a revision
     */
    public TargetResolver(Pipeline pipeline, Project project) {
        this.pipeline = pipeline;
        this.project = project;
        this.directory = project.relativize(".");
    }

    /**
     * One target's stages.
     *
     * @param path the output, or the path inside one, when the target is such; relative to the root
     */
    public record Target(List<StageAddress> stages, Optional<String> path) {}

    /** All stages that the targets name; every stage when there are no targets. */
    public Set<StageAddress> resolveAll(List<String> targets) {
        if (targets.isEmpty()) {
            return new LinkedHashSet<>(pipeline.stages().keySet());
        }
        Set<StageAddress> out = new LinkedHashSet<>();
        targets.forEach(target -> out.addAll(resolve(target).stages()));
        return out;
    }

    /**
     * Resolves one target.
     *
     * @throws UnknownNameException when there is nothing of that name
     */
    public Target resolve(String target) {
        List<StageAddress> stages = stages(target);
        if (!stages.isEmpty()) {
            return new Target(stages, Optional.empty());
        }
        Optional<String> path = pathOf(target);
        Optional<Stage> producer = path.flatMap(pipeline::producerOf);
        if (producer.isPresent()) {
            return new Target(List.of(producer.get().address()), path);
        }
        List<StageAddress> inside = path.map(this::producersIn).orElse(List.of());
        if (!inside.isEmpty()) {
            return new Target(inside, Optional.empty());
        }
        String file = directory.isEmpty() ? StageAddress.PIPELINE_FILE : directory + "/" + StageAddress.PIPELINE_FILE;
        throw new UnknownNameException(
                "'%s' does not exist as an output or a stage name in '%s': Stage '%s' not found inside '%s' file"
                        .formatted(target, file, target, file),
                suggestion(target));
    }

    /** What the selection names: each with its stages and, when it is a path at or in an output, that path. */
    public List<Target> select(TargetSelection selection) {
        if (selection.targets().isEmpty()) {
            return List.of(new Target(List.copyOf(pipeline.stages().keySet()), Optional.empty()));
        }
        List<Target> found = new ArrayList<>();
        for (String name : selection.targets()) {
            Target target = selection.recursive() && isDirectory(name)
                    ? new Target(inDirectory(name), Optional.empty())
                    : resolve(name);
            boolean isStage = target.path().isEmpty();
            found.add(
                    selection.withDependencies() && isStage
                            ? new Target(
                                    List.copyOf(new PipelineGraph(pipeline).withUpstream(target.stages())),
                                    Optional.empty())
                            : target);
        }
        return found;
    }

    /** The stages of the selection. */
    public Set<StageAddress> stages(TargetSelection selection) {
        Set<StageAddress> out = new LinkedHashSet<>();
        select(selection).forEach(target -> out.addAll(target.stages()));
        return out;
    }

    /**
     * The one stage or .dvc file of that very name, for commands that edit it.
     *
     * @throws UnknownNameException when there is none
     */
    public StageAddress stage(String target) {
        List<StageAddress> found = stages(target).stream()
                .filter(address -> address.isDataFile() || target.endsWith(address.name()))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        String path = ProjectPath.resolve(directory, target);
        if (target.endsWith(".dvc")) {
            throw new UnknownNameException("'%s' does not exist".formatted(path), suggestion(target));
        }
        String dataFile = path + ".dvc";
        boolean isData =
                pipeline.stages().keySet().stream().anyMatch(a -> a.file().equals(dataFile));
        String file = directory.isEmpty() ? StageAddress.PIPELINE_FILE : directory + "/" + StageAddress.PIPELINE_FILE;
        String unknown = "Stage '%s' not found inside '%s' file".formatted(target, file);
        throw new UnknownNameException(
                isData
                        ? "'%s' is not a .dvc file. Do you mean '%s.dvc'?: %s".formatted(target, target, unknown)
                        : unknown,
                isData ? "" : suggestion(target));
    }

    /** Whether the target is a directory of the workspace. */
    public boolean isDirectory(String target) {
        return !target.startsWith("/") && Files.isDirectory(project.resolve(ProjectPath.resolve(directory, target)));
    }

    /** What a file declares. */
    public List<StageAddress> inFile(String file) {
        return pipeline.stages().keySet().stream()
                .filter(address -> address.file().equals(file))
                .toList();
    }

    /** The stages and data files that are declared below a directory. */
    public List<StageAddress> inDirectory(String target) {
        String path = ProjectPath.resolve(directory, target);
        return pipeline.stages().keySet().stream()
                .filter(address -> ProjectPath.isIn(address.file(), path))
                .toList();
    }

    /**
     * The stages of one dvc.yaml whose names match a pattern of a shell.
     *
     * @param target {@code pattern}, or {@code path/dvc.yaml:pattern}
     */
    public List<StageAddress> matching(String target) {
        int colon = target.lastIndexOf(':');
        String file =
                ProjectPath.resolve(directory, colon < 0 ? StageAddress.PIPELINE_FILE : target.substring(0, colon));
        String pattern = target.substring(colon + 1);
        List<StageAddress> found = pipeline.stages().keySet().stream()
                .filter(address -> address.file().equals(file) && !address.isDataFile())
                .filter(address -> pattern.isEmpty()
                        || address.name().startsWith(pattern + "@")
                        || GlobPattern.matches(pattern, address.name()))
                .toList();
        boolean isPattern = pattern.chars().anyMatch(c -> "*?[".indexOf(c) >= 0);
        return found.isEmpty() && !isPattern ? resolve(target).stages() : found;
    }

    private String suggestion(String target) {
        return Suggestions.nearest(
                        target,
                        pipeline.stages().keySet().stream()
                                .map(StageAddress::toString)
                                .toList())
                .map("Did you mean '%s'?"::formatted)
                .orElse("`stage list` shows the stages there are.");
    }

    private Optional<String> pathOf(String target) {
        return target.startsWith("/") ? Optional.empty() : Optional.of(ProjectPath.resolve(directory, target));
    }

    private List<StageAddress> stages(String target) {
        int colon = target.lastIndexOf(':');
        String name = target.substring(colon + 1);
        String file = ProjectPath.resolve(
                directory,
                colon < 0
                        ? StageAddress.PIPELINE_FILE
                        : target.substring(0, colon).replaceFirst("^/+", ""));
        List<StageAddress> found = new ArrayList<>();
        for (StageAddress address : pipeline.stages().keySet()) {
            boolean isInFile = address.file().equals(file);
            boolean isNamed = address.name().equals(name) || address.name().startsWith(name + "@");
            if (!address.isDataFile() && isInFile && isNamed) {
                found.add(address);
            }
        }
        if (found.isEmpty() && colon < 0) {
            String path = target.startsWith("/") ? target : ProjectPath.resolve(directory, target);
            pipeline.stages().keySet().stream()
                    .filter(a -> a.file().equals(path))
                    .forEach(found::add);
        }
        return found;
    }

    private List<StageAddress> producersIn(String path) {
        return pipeline.stages().values().stream()
                .filter(s -> s.outputs().stream().anyMatch(o -> ProjectPath.isIn(o.path(), path)))
                .map(Stage::address)
                .toList();
    }
}

package dev.cairn.engine.experiment;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.pipeline.StageDefinition;
import dev.cairn.engine.pipeline.StageDefinition.OutputDefinition;
import dev.cairn.engine.pipeline.StageEditor;
import dev.cairn.engine.project.Project;
import dev.cairn.store.file.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a first stage in a project ({@code exp init}), and the files and directories that it names. */
public final class ExperimentInitializer {
    private final Project project;

    public ExperimentInitializer(Project project) {
        this.project = project;
    }

    /** What a path is to the stage. */
    public enum Role {
        CODE("src"),
        DATA("data"),
        MODELS("models"),
        PARAMS("params.yaml"),
        METRICS("metrics.json"),
        PLOTS("plots"),
        LIVE(null);

        private final @Nullable String usual;

        Role(@Nullable String usual) {
            this.usual = usual;
        }
    }

    /**
     * What to make.
     *
     * @param paths by what they are, as typed
     * @param fillsIn whether paths that are not given are those of the settings or the usual ones
     * @param isCheckpoint whether the models are checkpoints
     * @param force replace a stage of the same name
     */
    public record Request(
            String name,
            String command,
            Map<Role, String> paths,
            boolean fillsIn,
            boolean isCheckpoint,
            boolean force) {
        public Request {
            paths = Map.copyOf(paths);
        }
    }

    /**
     * What was made.
     *
     * @param dependencies that were not there before
     * @param directories for outputs that were not there before
     * @param outputs of the stage
     */
    public record Initialized(
            StageAddress stage, List<String> dependencies, List<String> directories, List<String> outputs) {
        public Initialized {
            dependencies = List.copyOf(dependencies);
            directories = List.copyOf(directories);
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * Adds the stage to dvc.yaml, makes what it names, and stages what Git is to have.
     *
     * @throws dev.cairn.engine.error.ConflictException when there is a stage of that name; nothing was written then
     */
    public Initialized initialize(Request request) {
        Map<Role, String> paths = paths(request);
        String params = paths.get(Role.PARAMS);
        if (params != null && Files.isDirectory(path(params))) {
            throw new EngineException("'%s' is a directory, expected a parameters file.".formatted(params), "");
        }
        boolean checkpoint = request.isCheckpoint();
        List<OutputDefinition> outputs = new ArrayList<>();
        outputs(paths, Role.METRICS, "metrics.json", Output.Kind.METRIC, checkpoint, outputs);
        outputs(paths, Role.PLOTS, "plots", Output.Kind.PLOT, checkpoint, outputs);
        Optional.ofNullable(paths.get(Role.MODELS))
                .ifPresent(models ->
                        outputs.add(new OutputDefinition(models, Output.Kind.OUTPUT, true, false, checkpoint)));
        List<String> dependencies = Stream.of(Role.CODE, Role.DATA)
                .flatMap(role -> Optional.ofNullable(paths.get(role)).stream())
                .toList();
        StageDefinition definition = new StageDefinition(
                request.name(),
                request.command(),
                dependencies,
                params == null ? List.of() : List.of(params + ":"),
                outputs,
                null,
                false,
                null);
        List<String> directories = new ArrayList<>();
        StageEditor.Added added = new StageEditor(project).add(definition, request.force(), () -> {
            for (OutputDefinition output : outputs) {
                makeDirectory(output.path(), directories);
            }
        });
        List<String> made = new ArrayList<>();
        for (String dependency : dependencies) {
            make(dependency, isFile(dependency), made);
        }
        Set<String> tracked = new TreeSet<>(added.gitPaths());
        if (params != null) {
            make(params, true, made);
            tracked.add(project.relativize(params));
        }
        project.gitIfAny()
                .ifPresent(
                        git -> git.stage(tracked.stream().map(project::resolve).toList()));
        return new Initialized(
                added.stage(),
                made,
                directories,
                outputs.stream().map(OutputDefinition::path).toList());
    }

    /** With {@code --live} its files are the metrics and plots. */
    private Map<Role, String> paths(Request request) {
        Map<Role, String> paths = new EnumMap<>(Role.class);
        boolean isLive = request.paths().containsKey(Role.LIVE);
        for (Role role : Role.values()) {
            String given = request.paths().get(role);
            boolean isReplaced = isLive && (role == Role.METRICS || role == Role.PLOTS);
            if (given == null && request.fillsIn() && !isReplaced && role != Role.LIVE) {
                given = project.config()
                        .get("exp", role.name().toLowerCase(Locale.ROOT))
                        .orElse(role.usual);
            }
            if (given != null) {
                paths.put(role, given);
            }
        }
        return paths;
    }

    private static void outputs(
            Map<Role, String> paths,
            Role role,
            String below,
            Output.Kind kind,
            boolean persist,
            List<OutputDefinition> outputs) {
        Optional.ofNullable(paths.get(role))
                .ifPresent(path -> outputs.add(new OutputDefinition(path, kind, false, persist, false)));
        Optional.ofNullable(paths.get(Role.LIVE))
                .ifPresent(path -> outputs.add(new OutputDefinition(path + "/" + below, kind, false, persist, false)));
    }

    private Path path(String typed) {
        return project.resolve(project.relativize(typed));
    }

    private static boolean isFile(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.lastIndexOf('.') > 0;
    }

    private void makeDirectory(String output, List<String> made) {
        int slash = output.lastIndexOf('/');
        String directory = !isFile(output) ? output : slash < 0 ? "" : output.substring(0, slash);
        if (!directory.isEmpty()) {
            make(directory, false, made);
        }
    }

    private void make(String typed, boolean isFile, List<String> made) {
        Path path = path(typed);
        if (Files.exists(path)) {
            return;
        }
        try {
            if (isFile) {
                Files.createDirectories(Objects.requireNonNull(path.getParent()));
                AtomicFiles.write(path, new byte[0]);
            } else {
                Files.createDirectories(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + path, e);
        }
        made.add(typed);
    }
}

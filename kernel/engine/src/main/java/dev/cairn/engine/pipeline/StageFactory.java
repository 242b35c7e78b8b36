package dev.cairn.engine.pipeline;

import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.params.ParameterFile;
import dev.cairn.engine.project.ProjectPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes stages of resolved bodies.
 *
 * @param file the dvc.yaml
 */
record StageFactory(String file) {
    Stage stage(String name, Map<String, @Nullable Object> body) {
        String working = workingDirectory(name, body.getOrDefault("wdir", "."));
        Object command = body.get("cmd");
        if (command instanceof Map<?, ?>) {
            throw new InvalidFileException(
                    "failed to parse 'stages.%s.cmd' in '%s': a map alone is no command".formatted(name, file),
                    "Put a program before it, as in `python train.py ${...}`.");
        }
        return new Stage(
                new StageAddress(file, name),
                command instanceof List<?> || command instanceof String
                        ? Command.ofYaml(command)
                        : Command.of(text(command)),
                working,
                dependencies(name, working, body),
                outputs(name, working, body),
                Boolean.TRUE.equals(body.get("frozen")),
                Boolean.TRUE.equals(body.get("always_changed")),
                body.get("desc") == null ? null : text(body.get("desc")),
                null);
    }

    /** What Python takes for false, as a variable may be, is no directory of its own. */
    private String workingDirectory(String name, @Nullable Object value) {
        String parent = ProjectPath.parent(file);
        if (value == null || value.equals(false) || value instanceof Number number && number.doubleValue() == 0) {
            return parent;
        }
        if (value instanceof String path) {
            return ProjectPath.resolve(parent, path);
        }
        throw new InvalidFileException(
                "failed to parse 'stages.%s.wdir' in '%s': '%s' is not a path".formatted(name, file, text(value)),
                "Give the variable a text for its value.");
    }

    private List<Dependency> dependencies(String name, String working, Map<String, @Nullable Object> body) {
        List<Dependency> out = new ArrayList<>();
        for (Object dependency : list(body.get("deps"))) {
            String declared = path(name, "deps", dependency);
            out.add(new Dependency.OnFile(declared, ProjectPath.resolve(working, declared)));
        }
        parameters(name, list(body.get("params")))
                .forEach((path, keys) ->
                        out.add(new Dependency.OnParameters(path, ProjectPath.resolve(working, path), keys)));
        return out;
    }

    /** Keys by file; no keys where the whole file counts, which a single mention without keys makes so. */
    private Map<String, List<String>> parameters(String name, List<?> items) {
        Set<String> whole = new LinkedHashSet<>();
        for (Object item : items) {
            if (item instanceof Map<?, ?> files) {
                files.forEach((path, keys) -> {
                    if (isEmpty(keys)) {
                        whole.add(text(path));
                    }
                });
            }
        }
        Map<String, List<String>> out = new LinkedHashMap<>();
        for (Object item : items) {
            if (item instanceof Map<?, ?> files) {
                files.forEach((path, keys) -> {
                    List<String> known = out.computeIfAbsent(text(path), p -> new ArrayList<>());
                    if (!whole.contains(text(path))) {
                        known.addAll(keys(name, text(path), keys));
                    }
                });
            } else if (!whole.contains(ParameterFile.DEFAULT)) {
                out.computeIfAbsent(ParameterFile.DEFAULT, p -> new ArrayList<>())
                        .add(path(name, "params", item));
            }
        }
        return out;
    }

    private static boolean isEmpty(@Nullable Object keys) {
        return keys == null
                || keys instanceof List<?> list && list.isEmpty()
                || keys instanceof Map<?, ?> map && map.isEmpty()
                || keys.equals("")
                || keys.equals(false)
                || keys.equals(0L);
    }

    private List<String> keys(String name, String path, @Nullable Object keys) {
        if (keys instanceof List<?> list) {
            return list.stream().map(StageFactory::text).toList();
        }
        throw new InvalidFileException(
                "'%s' validation failed.\n\nExpected list of params for custom params file '%s', got '%s', in stages -> %s -> params"
                        .formatted(file, path, PythonType.name(keys), name),
                "Write `- %s: [name, name]`.".formatted(path));
    }

    private List<Output> outputs(String name, String working, Map<String, @Nullable Object> body) {
        List<Output> out = new ArrayList<>();
        addOutputs(name, working, body.get("outs"), Output.Kind.OUTPUT, out);
        addOutputs(name, working, body.get("metrics"), Output.Kind.METRIC, out);
        addOutputs(name, working, body.get("plots"), Output.Kind.PLOT, out);
        return out;
    }

    /** A path that is there twice is one output, with the options of both. */
    private void addOutputs(String name, String working, @Nullable Object items, Output.Kind kind, List<Output> out) {
        Map<String, Map<String, @Nullable Object>> merged = new LinkedHashMap<>();
        for (Object item : list(items)) {
            if (item instanceof Map<?, ?> map) {
                map.forEach((path, options) -> {
                    Map<String, @Nullable Object> known =
                            merged.computeIfAbsent(text(path), p -> new LinkedHashMap<>());
                    if (options instanceof Map<?, ?> more) {
                        more.forEach((key, value) -> known.put(text(key), value));
                    }
                });
            } else {
                merged.computeIfAbsent(path(name, kind.key(), item), p -> new LinkedHashMap<>());
            }
        }
        merged.forEach((path, options) -> out.add(output(working, path, options, kind)));
    }

    private static Output output(
            String working, String declared, Map<String, @Nullable Object> options, Output.Kind kind) {
        return new Output(
                declared,
                ProjectPath.resolve(working, declared),
                kind,
                !Boolean.FALSE.equals(options.get("cache")),
                Boolean.TRUE.equals(options.get("persist")),
                Boolean.TRUE.equals(options.get("checkpoint")),
                !Boolean.FALSE.equals(options.get("push")),
                options.get("remote") == null ? null : text(options.get("remote")),
                kind == Output.Kind.PLOT ? PlotProperties.of(options) : null);
    }

    /** A template may stand for a number, but that is no path. */
    private String path(String name, String field, @Nullable Object value) {
        if (value instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new InvalidFileException(
                "failed to parse 'stages.%s.%s' in '%s':\n'%s' not supported: '%s' is no path"
                        .formatted(name, field, file, PythonType.name(value), text(value)),
                "Put text around the reference, or a text into the variable.");
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static String text(@Nullable Object value) {
        return Interpolator.pythonText(value);
    }
}

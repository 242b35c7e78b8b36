package dev.cairn.engine.pipeline;

import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.params.ParameterFile;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.engine.project.RevisionFiles;
import dev.cairn.engine.yaml.YamlNode;
import dev.cairn.engine.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One dvc.yaml, checked and resolved: every {@code foreach} expanded, every {@code ${}} replaced.
 *
 * @param stages in the order of declaration
 * @param metrics top-level metrics, relative to the root
 * @param params top-level params, relative to the root
 */
record PipelineFile(
        List<Stage> stages, List<String> metrics, List<String> params, List<Pipeline.PlotDefinition> plots) {
    private static final Set<String> TOP_KEYS =
            Set.of("stages", "vars", "params", "metrics", "plots", "artifacts", "datasets", "schema");
    private static final Set<String> STAGE_KEYS = Set.of(
            "cmd",
            "wdir",
            "deps",
            "params",
            "outs",
            "metrics",
            "plots",
            "frozen",
            "always_changed",
            "desc",
            "meta",
            "vars",
            "live");
    private static final Set<String> OUTPUT_KEYS = Set.of(
            "cache",
            "persist",
            "checkpoint",
            "remote",
            "push",
            "desc",
            "type",
            "labels",
            "meta",
            "template",
            "x",
            "y",
            "x_label",
            "y_label",
            "title",
            "header");

    static PipelineFile parse(String path, byte[] content, RevisionFiles files) {
        YamlNode.Mapping root = YamlReader.readMapping(path, content);
        checkKeys(path, root, TOP_KEYS, "");
        String directory = ProjectPath.parent(path);
        boolean isTemplated = new String(content, java.nio.charset.StandardCharsets.UTF_8).contains("${");
        Interpolator interpolator =
                new Interpolator(path, isTemplated ? variables(path, directory, root, files) : Map.of());
        List<Stage> stages = new ArrayList<>();
        root.get("stages").ifPresent(node -> {
            for (YamlNode.Entry entry : mapping(path, node, "stages").entries()) {
                new StageReader(path, directory, interpolator, files).read(entry, stages);
            }
        });
        return new PipelineFile(
                stages,
                paths(directory, root.get("metrics").map(YamlNode::value).orElse(null)),
                paths(directory, root.get("params").map(YamlNode::value).orElse(null)),
                plots(path, root.get("plots").map(YamlNode::value).orElse(null)));
    }

    private static Map<String, @Nullable Object> variables(
            String path, String directory, YamlNode.Mapping root, RevisionFiles files) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        String defaultFile = ProjectPath.resolve(directory, ParameterFile.DEFAULT);
        files.read(defaultFile).ifPresent(bytes -> values.putAll(ParameterFile.parse(defaultFile, bytes)));
        Object vars = root.get("vars").map(YamlNode::value).orElse(null);
        addVars(path, directory, vars, values, files, "vars");
        return values;
    }

    private static void addVars(
            String path,
            String directory,
            @Nullable Object vars,
            Map<String, @Nullable Object> values,
            RevisionFiles files,
            String place) {
        if (!(vars instanceof List<?> items)) {
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            Object item = items.get(i);
            if (item instanceof Map<?, ?> inline) {
                merge(path, "%s[%d]".formatted(place, i), values, inline);
            } else {
                String reference = String.valueOf(item);
                int colon = reference.indexOf(':');
                String name = colon < 0 ? reference : reference.substring(0, colon);
                String file = ProjectPath.resolve(directory, name);
                byte[] bytes = files.read(file)
                        .orElseThrow(() -> new InvalidFileException(
                                "failed to parse '%s' in '%s': '%s' does not exist".formatted(place, path, name),
                                "Create %s, or remove it from vars.".formatted(name)));
                boolean isDefaultAgain =
                        file.equals(ProjectPath.resolve(directory, ParameterFile.DEFAULT)) && colon < 0;
                if (!isDefaultAgain) {
                    merge(
                            path,
                            name,
                            values,
                            chosen(ParameterFile.parse(file, bytes), colon < 0 ? "" : reference.substring(colon + 1)));
                }
            }
        }
    }

    private static Map<String, @Nullable Object> chosen(Map<String, @Nullable Object> values, String keys) {
        if (keys.isEmpty()) {
            return values;
        }
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        for (String key : keys.split(",", -1)) {
            out.put(key.strip(), values.get(key.strip()));
        }
        return out;
    }

    @SuppressWarnings("unchecked") // maps that parse() made: text to value
    private static void merge(String path, String source, Map<String, @Nullable Object> into, Map<?, ?> from) {
        from.forEach((key, value) -> {
            String name = String.valueOf(key);
            Object old = into.get(name);
            if (old instanceof Map<?, ?> a && value instanceof Map<?, ?> b) {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>((Map<String, @Nullable Object>) a);
                merge(path, source, copy, b);
                into.put(name, copy);
            } else if (into.containsKey(name)) {
                throw new InvalidFileException(
                        "failed to parse 'vars' in '%s':\ncannot redefine '%s' from '%s' as it already exists"
                                .formatted(path, name, source),
                        "Remove one of the two.");
            } else {
                into.put(name, value);
            }
        });
    }

    private static List<String> paths(String directory, @Nullable Object list) {
        List<String> out = new ArrayList<>();
        if (list instanceof List<?> items) {
            items.forEach(item -> out.add(ProjectPath.resolve(directory, String.valueOf(item))));
        }
        return out;
    }

    private static List<Pipeline.PlotDefinition> plots(String path, @Nullable Object plots) {
        List<Pipeline.PlotDefinition> out = new ArrayList<>();
        if (plots instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof Map<?, ?> map) {
                    map.forEach((id, properties) -> out.add(plot(path, String.valueOf(id), properties)));
                } else {
                    out.add(plot(path, String.valueOf(item), null));
                }
            }
        } else if (plots instanceof Map<?, ?> map) {
            map.forEach((id, properties) -> out.add(plot(path, String.valueOf(id), properties)));
        }
        return out;
    }

    @SuppressWarnings("unchecked") // values of a YAML mapping are maps from text
    private static Pipeline.PlotDefinition plot(String path, String id, @Nullable Object properties) {
        return new Pipeline.PlotDefinition(
                path,
                id,
                properties instanceof Map<?, ?> map ? PlotProperties.of((Map<String, ?>) map) : PlotProperties.NONE);
    }

    private static YamlNode.Mapping mapping(String path, YamlNode node, String place) {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping;
        }
        if (node.value() == null) {
            return new YamlNode.Mapping(List.of(), false, node.span());
        }
        throw new InvalidFileException(
                "'%s' validation failed.\n\nexpected a dictionary, in %s, line %d, column %d"
                        .formatted(path, place, node.span().line(), node.span().column()),
                "Write `name: value` lines below '%s:'.".formatted(place));
    }

    private static void checkKeys(String path, YamlNode.Mapping map, Set<String> known, String place) {
        for (YamlNode.Entry entry : map.entries()) {
            if (!known.contains(entry.name()) && !entry.key().text().equals("<<")) {
                throw new InvalidFileException(
                        "'%s' validation failed.\n\nextra keys not allowed, in %s%s, line %d, column %d"
                                .formatted(
                                        path,
                                        place.isEmpty() ? "" : place + " -> ",
                                        entry.name(),
                                        entry.key().span().line(),
                                        entry.key().span().column()),
                        "Known here are %s."
                                .formatted(String.join(
                                        ", ", known.stream().sorted().toList())));
            }
        }
    }

    /** Reads the stages of one dvc.yaml. */
    private record StageReader(String path, String directory, Interpolator interpolator, RevisionFiles files) {
        void read(YamlNode.Entry entry, List<Stage> stages) {
            String place = "stages -> " + entry.name();
            YamlNode.Mapping body = mapping(path, entry.value(), place);
            if (body.get("foreach").isPresent()) {
                checkKeys(path, body, Set.of("foreach", "do"), place);
                YamlNode template = body.get("do")
                        .orElseThrow(() -> invalid("required key not provided, in %s -> do".formatted(place), entry));
                checkKeys(path, mapping(path, template, place + " -> do"), STAGE_KEYS, place + " -> do");
                expand(entry, body, stages);
                return;
            }
            checkKeys(path, body, STAGE_KEYS, place);
            checkOutputs(body, place);
            stages.add(stage(entry.name(), entry, body.value(), interpolator, "stages." + entry.name()));
        }

        private void checkOutputs(YamlNode.Mapping body, String place) {
            for (String key : List.of("outs", "metrics", "plots")) {
                if (body.get(key).orElse(null) instanceof YamlNode.Sequence list) {
                    for (YamlNode item : list.items()) {
                        if (item instanceof YamlNode.Mapping map
                                && map.entries().get(0).value() instanceof YamlNode.Mapping options) {
                            checkKeys(
                                    path,
                                    options,
                                    OUTPUT_KEYS,
                                    place + " -> " + key + " -> "
                                            + map.entries().get(0).name());
                        }
                    }
                }
            }
        }

        private void expand(YamlNode.Entry entry, YamlNode.Mapping body, List<Stage> stages) {
            String name = entry.name();
            Object over =
                    interpolator.resolve(body.get("foreach").orElseThrow().value(), "stages." + name + ".foreach");
            Map<?, ?> template =
                    mapping(path, body.get("do").orElseThrow(), name).value();
            Map<String, Map<String, @Nullable Object>> items = new LinkedHashMap<>();
            if (over instanceof Map<?, ?> map) {
                map.forEach((key, value) -> {
                    Map<String, @Nullable Object> scope = new LinkedHashMap<>();
                    scope.put("key", String.valueOf(key));
                    scope.put("item", value);
                    items.put(String.valueOf(key), scope);
                });
            } else if (over instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    Object item = list.get(i);
                    boolean isPlain = !(item instanceof Map<?, ?>) && !(item instanceof List<?>);
                    Map<String, @Nullable Object> scope = new LinkedHashMap<>();
                    scope.put("item", item);
                    items.put(isPlain ? Interpolator.pythonText(item) : String.valueOf(i), scope);
                }
            } else {
                throw new InvalidFileException(
                        "failed to resolve 'stages.%s.foreach' in '%s': expected list/dictionary, got %s"
                                .formatted(name, path, over == null ? "null" : "str"),
                        "Give foreach a list or a dictionary.");
            }
            items.forEach((key, scope) -> stages.add(stage(
                    name + "@" + key, entry, asMap(template), interpolator.with(scope), "stages." + name + "@" + key)));
        }

        private Stage stage(String name, YamlNode.Entry entry, Map<String, ?> body, Interpolator scope, String place) {
            Interpolator inner = scope;
            if (body.get("vars") != null) {
                Map<String, @Nullable Object> local = new LinkedHashMap<>();
                Object stageDirectory =
                        scope.resolve(body.containsKey("wdir") ? body.get("wdir") : ".", place + ".wdir");
                addVars(
                        path,
                        ProjectPath.resolve(directory, String.valueOf(stageDirectory)),
                        body.get("vars"),
                        local,
                        files,
                        place + ".vars");
                inner = scope.with(local);
            }
            Map<String, @Nullable Object> resolved = new LinkedHashMap<>();
            for (Map.Entry<String, ?> field : body.entrySet()) {
                boolean isLiteral = field.getKey().equals("vars");
                resolved.put(
                        field.getKey(),
                        isLiteral ? field.getValue() : inner.resolve(field.getValue(), place + "." + field.getKey()));
            }
            Object command = resolved.get("cmd");
            if (command == null) {
                throw invalid("required key not provided, in stages -> %s -> cmd".formatted(name), entry);
            }
            if (!(command instanceof String) && !(command instanceof List<?>)) {
                throw invalid("expected str, in stages -> %s -> cmd".formatted(name), entry);
            }
            String working = ProjectPath.resolve(directory, text(resolved.getOrDefault("wdir", ".")));
            return new Stage(
                    new StageAddress(path, name),
                    Command.ofYaml(command),
                    working,
                    dependencies(working, resolved),
                    outputs(working, resolved),
                    Boolean.TRUE.equals(resolved.get("frozen")),
                    Boolean.TRUE.equals(resolved.get("always_changed")),
                    resolved.get("desc") == null ? null : text(resolved.get("desc")));
        }

        private InvalidFileException invalid(String problem, YamlNode.Entry entry) {
            return new InvalidFileException(
                    "'%s' validation failed.\n\n%s, line %d, column %d"
                            .formatted(
                                    path,
                                    problem,
                                    entry.key().span().line(),
                                    entry.key().span().column()),
                    "Correct the stage '%s' in %s.".formatted(entry.name(), path));
        }

        private static List<Dependency> dependencies(String working, Map<String, @Nullable Object> body) {
            List<Dependency> out = new ArrayList<>();
            if (body.get("deps") instanceof List<?> deps) {
                for (Object dep : deps) {
                    String declared = text(dep);
                    out.add(new Dependency.OnFile(declared, ProjectPath.resolve(working, declared)));
                }
            }
            Map<String, List<String>> params = new LinkedHashMap<>();
            if (body.get("params") instanceof List<?> items) {
                for (Object item : items) {
                    if (item instanceof Map<?, ?> files) {
                        files.forEach((file, keys) -> addKeys(params, text(file), keys));
                    } else {
                        params.computeIfAbsent(ParameterFile.DEFAULT, k -> new ArrayList<>())
                                .add(text(item));
                    }
                }
            }
            params.forEach((file, keys) ->
                    out.add(new Dependency.OnParameters(file, ProjectPath.resolve(working, file), keys)));
            return out;
        }

        private static void addKeys(Map<String, List<String>> params, String file, @Nullable Object keys) {
            List<String> list = params.computeIfAbsent(file, k -> new ArrayList<>());
            if (keys instanceof List<?> names) {
                names.forEach(name -> list.add(text(name)));
            }
        }

        private static List<Output> outputs(String working, Map<String, @Nullable Object> body) {
            List<Output> out = new ArrayList<>();
            addOutputs(working, body.get("outs"), Output.Kind.OUTPUT, out);
            addOutputs(working, body.get("metrics"), Output.Kind.METRIC, out);
            addOutputs(working, body.get("plots"), Output.Kind.PLOT, out);
            return out;
        }

        private static void addOutputs(String working, @Nullable Object list, Output.Kind kind, List<Output> out) {
            if (list instanceof Map<?, ?> map) {
                map.forEach((path, options) -> out.add(output(working, text(path), options, kind)));
            } else if (list instanceof List<?> items) {
                for (Object item : items) {
                    if (item instanceof Map<?, ?> map) {
                        map.forEach((path, options) -> out.add(output(working, text(path), options, kind)));
                    } else {
                        out.add(output(working, text(item), null, kind));
                    }
                }
            }
        }

        private static Output output(String working, String declared, @Nullable Object options, Output.Kind kind) {
            Map<String, @Nullable Object> map = options instanceof Map<?, ?> m ? asMap(m) : Map.of();
            return new Output(
                    declared,
                    ProjectPath.resolve(working, declared),
                    kind,
                    !Boolean.FALSE.equals(map.get("cache")),
                    Boolean.TRUE.equals(map.get("persist")),
                    Boolean.TRUE.equals(map.get("checkpoint")),
                    !Boolean.FALSE.equals(map.get("push")),
                    map.get("remote") == null ? null : text(map.get("remote")),
                    kind == Output.Kind.PLOT ? PlotProperties.of(map) : null);
        }

        private static String text(@Nullable Object value) {
            return Interpolator.pythonText(value);
        }

        private static Map<String, @Nullable Object> asMap(Map<?, ?> map) {
            Map<String, @Nullable Object> out = new LinkedHashMap<>();
            map.forEach((k, v) -> out.put(String.valueOf(k), v));
            return out;
        }
    }
}

package dev.cairn.engine.pipeline;

import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.engine.project.RevisionFiles;
import dev.cairn.engine.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the entries below {@code stages} into stages: {@code foreach} expanded, every reference replaced. */
final class StageResolver {
    private final String file;
    private final String directory;
    private final TemplateContext context;
    private final FlagWriter flags;
    private final Map<String, Map<String, @Nullable Object>> used = new LinkedHashMap<>();

    StageResolver(String file, TemplateContext context, RevisionFiles files) {
        this.file = file;
        this.directory = ProjectPath.parent(file);
        this.context = context;
        this.flags = new FlagWriter(files.parsing());
    }

    /** Values out of files that references named: by file, then by dotted path. */
    Map<String, Map<String, @Nullable Object>> used() {
        return used;
    }

    /** The stages that an entry stands for: one, or as many as its {@code foreach} has items. */
    List<Stage> resolve(YamlNode.Entry entry) {
        Map<String, @Nullable Object> body = entry.value() instanceof YamlNode.Mapping map ? map.value() : Map.of();
        String name = entry.name();
        if (body.containsKey("foreach")) {
            return expand(name, body);
        }
        if (name.contains("@")) {
            throw new InvalidFileException(
                    "Stage '%s' not found inside '%s' file, line %d"
                            .formatted(name, file, entry.key().span().line()),
                    "A stage's name cannot have '@' in it: that is for stages made by foreach.");
        }
        return List.of(stage(name, body, context));
    }

    private Interpolator interpolator(TemplateContext scope) {
        return new Interpolator(
                file, scope, flags, (source, value) -> used.computeIfAbsent(source, s -> new LinkedHashMap<>())
                        .put(value.getKey(), value.getValue().orElse(null)));
    }

    private List<Stage> expand(String name, Map<String, @Nullable Object> body) {
        Map<String, @Nullable Object> template = map(body.get("do"));
        List<Stage> stages = new ArrayList<>();
        items(name, body).forEach((key, scope) -> {
            if (key.isEmpty()) {
                throw new InvalidFileException(
                        "Stage '%s@' not found inside '%s' file".formatted(name, file),
                        "An item of foreach is an empty text; give it a name.");
            }
            stages.add(stage(name + "@" + key, template, context.with(scope)));
        });
        return stages;
    }

    private Map<String, Map<String, @Nullable Object>> items(String name, Map<String, @Nullable Object> body) {
        // What is iterated counts as used only where a stage names it.
        Object over = new Interpolator(file, context, flags, (source, value) -> {})
                .iterated(body.get("foreach"), "stages." + name + ".foreach");
        Map<String, Map<String, @Nullable Object>> items = new LinkedHashMap<>();
        Object iterated = over instanceof ContextValue.Items list ? list.values() : over;
        iterated = iterated instanceof ContextValue.Fields fields ? fields.values() : iterated;
        if (iterated instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                Map<String, @Nullable Object> scope = new LinkedHashMap<>();
                scope.put("item", value);
                scope.put("key", String.valueOf(key));
                items.put(String.valueOf(key), scope);
            });
        } else if (iterated instanceof List<?> list) {
            boolean isComposite = list.stream().anyMatch(StageResolver::isComposite);
            for (int i = 0; i < list.size(); i++) {
                Map<String, @Nullable Object> scope = new LinkedHashMap<>();
                scope.put("item", list.get(i));
                items.put(isComposite ? String.valueOf(i) : itemName(list.get(i)), scope);
            }
        } else {
            throw new InvalidFileException(
                    "failed to resolve 'stages.%s.foreach' in '%s': expected list/dictionary, got %s"
                            .formatted(
                                    name,
                                    file,
                                    PythonType.name(iterated instanceof ContextValue value ? value.plain() : iterated)),
                    "Give foreach a list or a dictionary.");
        }
        return items;
    }

    private static boolean isComposite(@Nullable Object item) {
        return item instanceof Map<?, ?>
                || item instanceof List<?>
                || item instanceof ContextValue && !(item instanceof ContextValue.Single);
    }

    /** DVC writes booleans that come out of a variable in Python's way, and those in the dvc.yaml itself in YAML's. */
    private static String itemName(@Nullable Object item) {
        if (item instanceof ContextValue value) {
            Object plain = value.plain();
            return plain instanceof Boolean isTrue ? (isTrue ? "True" : "False") : Interpolator.pythonText(plain);
        }
        return Interpolator.pythonText(item);
    }

    private Stage stage(String name, Map<String, @Nullable Object> body, TemplateContext outer) {
        String place = "stages." + name;
        TemplateContext scope = outer;
        Object vars = body.get("vars");
        Object working = interpolator(outer).resolve(body.getOrDefault("wdir", "."), place + ".wdir", "wdir");
        if (Interpolator.hasReference(vars)) {
            throw new InvalidFileException(
                    "failed to parse '%s.vars' in '%s': interpolating is not allowed".formatted(place, file),
                    "Write the values themselves below vars.");
        }
        if (vars != null) {
            scope = outer.copy();
            try {
                scope.load(vars, ProjectPath.resolve(directory, Interpolator.pythonText(working)), name);
            } catch (TemplateContext.ContextProblem e) {
                throw e.at("stage '%s'".formatted(name), file, "'%s.vars'".formatted(place));
            }
        }
        Interpolator interpolator = interpolator(scope);
        Map<String, @Nullable Object> resolved = new LinkedHashMap<>();
        body.forEach((field, value) -> {
            if (!field.equals("vars")) {
                resolved.put(field, interpolator.resolve(value, place + "." + field, field));
            }
        });
        return new StageFactory(file).stage(name, resolved);
    }

    private static Map<String, @Nullable Object> map(@Nullable Object value) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((k, v) -> out.put(String.valueOf(k), v));
        }
        return out;
    }

    /** The stages of a whole file. */
    static List<Stage> all(StageResolver resolver, Optional<YamlNode> stages) {
        List<Stage> out = new ArrayList<>();
        if (stages.orElse(null) instanceof YamlNode.Mapping map) {
            map.mergedEntries().forEach(entry -> out.addAll(resolver.resolve(entry)));
        }
        return out;
    }
}

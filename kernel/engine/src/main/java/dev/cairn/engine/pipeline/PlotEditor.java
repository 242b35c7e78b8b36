package dev.cairn.engine.pipeline;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.yaml.YamlEditor;
import dev.cairn.store.file.AtomicFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes how a plot that a stage makes is drawn, in its dvc.yaml. An output that was no plot becomes one. */
public final class PlotEditor {
    private static final List<String> PROPERTIES =
            List.of("template", "x", "y", "x_label", "y_label", "title", "header");
    private static final String PLOTS = Output.Kind.PLOT.key();

    private final Project project;

    public PlotEditor(Project project) {
        this.project = project;
    }

    /**
     * Changes a plot.
     *
     * @param target the output as typed
     * @param changes properties with their new values
     * @param removed properties to take out; null when that was not asked for
     * @return the stage that makes it
     * @throws UnknownNameException when no stage makes it
     */
    public StageAddress modify(String target, Map<String, Object> changes, @Nullable List<String> removed) {
        String path = project.relativize(target);
        Stage stage = PipelineReader.read(project.workspace()).stages().values().stream()
                .filter(s -> !s.isData() && s.output(path).isPresent())
                .findFirst()
                .orElseThrow(() -> new UnknownNameException(
                        "Unable to find DVC file with output '%s'".formatted(target),
                        "Only what stages make can be changed; `stage list` shows it."));
        Output output = stage.output(path).orElseThrow();
        if (stage.address().name().contains("@")) {
            throw new EngineException(
                    "cannot dump a parametrized stage: '%s'"
                            .formatted(stage.address().name()),
                    "Edit what stands below `do` in %s."
                            .formatted(stage.address().file()));
        }
        if (removed != null && output.kind() != Output.Kind.PLOT) {
            throw new EngineException("'%s' is not a known plot.".formatted(target), "");
        }
        String file = stage.address().file();
        String text = new String(
                project.workspace().read(file).orElseThrow(() -> new IllegalStateException("it was just read")),
                StandardCharsets.UTF_8);
        YamlEditor editor = new YamlEditor(file, text);
        edit(editor, stage.address().name(), output, changes, removed == null ? List.of() : removed);
        if (!editor.text().equals(text)) {
            AtomicFiles.write(project.resolve(file), editor.text().getBytes(StandardCharsets.UTF_8));
        }
        return stage.address();
    }

    private static void edit(
            YamlEditor editor, String stage, Output output, Map<String, Object> changes, List<String> removed) {
        Map<?, ?> body = below(below(editor.value(), "stages"), stage);
        String list = output.kind().key();
        Map<String, Map<String, @Nullable Object>> kept = new LinkedHashMap<>(items(body.get(list)));
        Map<String, @Nullable Object> options = kept.computeIfAbsent(output.declared(), path -> new LinkedHashMap<>());
        List<String> unknown =
                removed.stream().filter(name -> !options.containsKey(name)).toList();
        if (!unknown.isEmpty()) {
            throw new EngineException(
                    "display properties %s not found in plot '%s'"
                            .formatted(unknown.stream().map("'%s'"::formatted).toList(), output.declared()),
                    "Known are %s.".formatted(String.join(", ", PROPERTIES)));
        }
        removed.forEach(options::remove);
        options.putAll(changes);
        if (list.equals(PLOTS)) {
            kept.put(output.declared(), ordered(options));
            editor.set(List.of("stages", stage, PLOTS), yaml(kept));
            return;
        }
        kept.remove(output.declared());
        if (kept.isEmpty()) {
            editor.remove(List.of("stages", stage, list));
        } else {
            editor.set(List.of("stages", stage, list), yaml(kept));
        }
        Map<String, Map<String, @Nullable Object>> plots = items(body.get(PLOTS));
        plots.put(output.declared(), ordered(options));
        editor.set(List.of("stages", stage, PLOTS), yaml(plots));
    }

    private static Map<?, ?> below(@Nullable Object map, String key) {
        if (map instanceof Map<?, ?> known && known.get(key) instanceof Map<?, ?> inner) {
            return inner;
        }
        throw new IllegalStateException("'%s' was read from this file".formatted(key));
    }

    private static Map<String, Map<String, @Nullable Object>> items(@Nullable Object list) {
        Map<String, Map<String, @Nullable Object>> out = new LinkedHashMap<>();
        if (list instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof Map<?, ?> map) {
                    map.forEach((path, options) -> out.put(String.valueOf(path), copy(options)));
                } else {
                    out.put(String.valueOf(item), new LinkedHashMap<>());
                }
            }
        }
        return out;
    }

    private static Map<String, @Nullable Object> copy(@Nullable Object options) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        if (options instanceof Map<?, ?> map) {
            map.forEach((key, value) -> out.put(String.valueOf(key), value));
        }
        return out;
    }

    /** What is no property of a drawing first, then the properties in DVC's order. */
    private static Map<String, @Nullable Object> ordered(Map<String, @Nullable Object> options) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>(options);
        for (String name : PROPERTIES) {
            if (options.containsKey(name)) {
                out.remove(name);
                out.put(name, options.get(name));
            }
        }
        return out;
    }

    private static List<Object> yaml(Map<String, Map<String, @Nullable Object>> items) {
        List<Object> out = new ArrayList<>();
        items.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getKey))
                .forEach(item ->
                        out.add(item.getValue().isEmpty() ? item.getKey() : Map.of(item.getKey(), item.getValue())));
        return out;
    }
}

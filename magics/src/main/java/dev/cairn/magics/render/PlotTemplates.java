package dev.cairn.magics.render;

import dev.cairn.store.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Vega-Lite templates of a project's own: JSON files in {@code .dvc/plots}, or anywhere when they are named by path. */
public final class PlotTemplates {
    /** No templates but DVC's. */
    public static final PlotTemplates NONE = new PlotTemplates(null, null);

    private final @Nullable Path directory;
    private final @Nullable Path workingDirectory;

    private PlotTemplates(@Nullable Path directory, @Nullable Path workingDirectory) {
        this.directory = directory;
        this.workingDirectory = workingDirectory;
    }

    /**
     * The templates of a project.
     *
     * @param directory {@code .dvc/plots}, whether it exists or not
     * @param workingDirectory that paths start from
     */
    public static PlotTemplates of(Path directory, Path workingDirectory) {
        return new PlotTemplates(directory, workingDirectory);
    }

    /** Whether there is a template of that name. */
    public boolean has(String name) {
        return VegaLite.TEMPLATES.contains(name) || file(name).isPresent();
    }

    /** The file of a template of the project's own. */
    private Optional<Path> file(String name) {
        if (workingDirectory != null && Files.isRegularFile(workingDirectory.resolve(name))) {
            return Optional.of(workingDirectory.resolve(name));
        }
        if (directory == null || !Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        String path = directory.relativize(file).toString().replace('\\', '/');
                        return path.equals(name)
                                || path.equals(name + ".json")
                                || file.getFileName().toString().equals(name)
                                || file.getFileName().toString().equals(name + ".json");
                    })
                    .sorted()
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    /** The template as it stands in its file; empty for a name that no file has. */
    Optional<Object> read(@Nullable String name) {
        if (name == null) {
            return Optional.empty();
        }
        return file(name).map(file -> {
            try {
                return java.util.Objects.requireNonNull(
                        JsonReader.parse(Files.readAllBytes(file)), "an empty template");
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        });
    }

    /** The template with its anchors replaced: a text that is an anchor by the value, an anchor inside a text by its text. */
    static @Nullable Object filled(@Nullable Object template, Map<String, Object> anchors) {
        if (template instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> out = new LinkedHashMap<>();
            map.forEach((key, value) -> out.put(String.valueOf(key), filled(value, anchors)));
            return out;
        }
        if (template instanceof List<?> list) {
            return list.stream().map(item -> filled(item, anchors)).toList();
        }
        if (!(template instanceof String text)) {
            return template;
        }
        if (anchors.containsKey(text)) {
            return anchors.get(text);
        }
        String out = text;
        for (Map.Entry<String, Object> anchor : anchors.entrySet()) {
            if (anchor.getValue() instanceof String value) {
                out = out.replace(anchor.getKey(), value);
            }
        }
        return out;
    }
}

package dev.cairn.engine.metric;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.metric.FileValues.FileError;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PlotProperties;
import dev.cairn.engine.pipeline.Stage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads plots at one or more revisions: what stages declare as plots, the top-level {@code plots} of dvc.yaml, and files named by the user. */
public final class PlotReader {
    private static final Set<String> IMAGES = Set.of(".jpg", ".jpeg", ".gif", ".png", ".svg");
    private static final Set<String> DATA = Set.of(".json", ".yaml", ".yml", ".csv", ".tsv", ".toml", ".py");

    private final ValueFiles values;

    public PlotReader(ValueFiles values) {
        this.values = values;
    }

    /**
     * The revisions that {@code plots diff} compares.
     *
     * @param asked as the user gave them: none, one (compared with the workspace) or more
     * @param isDirty whether tracked files of the workspace differ from HEAD
     */
    public static List<String> diffRevisions(List<String> asked, boolean isDirty) {
        List<String> revisions = new ArrayList<>(asked);
        if (asked.isEmpty() && isDirty) {
            revisions.add("HEAD");
        }
        if (asked.size() <= 1) {
            revisions.add(RevisionData.WORKSPACE);
        }
        return revisions;
    }

    /**
     * The plots of the revisions.
     *
     * @param targets regular expressions that the beginning of a plot's id or path must match, or paths of data files; empty for all plots
     * @param overrides properties given by the user by their names in dvc.yaml ({@code x}, {@code y}, {@code title}, {@code x_label}, …): they
     *     win over declared ones
     */
    public PlotSet show(List<RevisionData> revisions, List<String> targets, Map<String, Object> overrides) {
        List<RevisionData> ordered = new ArrayList<>();
        revisions.stream().filter(RevisionData::isWorkspace).limit(1).forEach(ordered::add);
        revisions.stream().filter(r -> !r.isWorkspace()).forEach(ordered::add);
        List<PlotSet.Problem> revisionProblems = new ArrayList<>();
        Map<String, List<Definition>> groups = new LinkedHashMap<>();
        Map<String, Map<String, Source>> sources = new LinkedHashMap<>();
        for (RevisionData revision : ordered) {
            try {
                List<Definition> definitions = definitions(revision, targets, overrides);
                sources.put(revision.name(), sources(revision, definitions, overrides));
                definitions.forEach(d -> groups.computeIfAbsent(d.fullId(), id -> new ArrayList<>())
                        .add(d));
            } catch (EngineException e) {
                FileError error = FileError.of(e);
                revisionProblems.add(new PlotSet.Problem("", revision.name(), "", error.type(), error.message()));
            }
        }
        List<String> order = revisions.stream().map(RevisionData::name).toList();
        List<Plot> plots = new ArrayList<>();
        List<PlotSet.Problem> problems = new ArrayList<>();
        groups.forEach((id, group) -> plots.add(plot(id, group, sources, order, problems)));
        problems.addAll(revisionProblems);
        return new PlotSet(plots, problems);
    }

    /**
     * @param config the dvc.yaml of a top-level plot; empty for others
     * @param innerId the id inside the file: the path of the data, or any name
     */
    private record Definition(
            String revision, String config, String innerId, Map<String, @Nullable Object> properties) {
        String fullId() {
            return config.isEmpty() ? innerId : config + "::" + innerId;
        }

        Set<String> files() {
            Set<String> files = new LinkedHashSet<>();
            if (properties.get("y") instanceof Map<?, ?> y) {
                y.keySet().forEach(file -> files.add(String.valueOf(file)));
            } else {
                files.add(innerId);
            }
            if (properties.get("x") instanceof Map<?, ?> x && !x.isEmpty()) {
                files.add(String.valueOf(x.keySet().iterator().next()));
            }
            return files;
        }
    }

    /** @param content bytes of an image or the value of a data file; null when it is empty or there is an error */
    private record Source(@Nullable Object content, @Nullable FileError error) {
        static Source failed(String type, String message) {
            return new Source(null, new FileError(type, message));
        }
    }

    private List<Definition> definitions(RevisionData revision, List<String> targets, Map<String, Object> overrides) {
        Map<String, Definition> found = new LinkedHashMap<>();
        Pipeline pipeline = revision.pipeline();
        for (Pipeline.PlotDefinition plot : pipeline.plots()) {
            Map<String, @Nullable Object> properties = map(plot.properties());
            if (!matches(targets, plot.file(), plot.id())) {
                continue;
            }
            String directory = plot.file().contains("/")
                    ? plot.file().substring(0, plot.file().lastIndexOf('/'))
                    : "";
            if (properties.get("y") instanceof Map<?, ?> y) {
                Map<String, @Nullable Object> adjusted = new LinkedHashMap<>();
                y.forEach((file, fields) -> adjusted.put(join(directory, String.valueOf(file)), fields));
                properties.put("y", adjusted);
                add(found, revision, plot.file(), plot.id(), properties, overrides);
            } else {
                for (String path : expand(revision, join(directory, plot.id()))) {
                    add(found, revision, plot.file(), path, properties, overrides);
                }
            }
        }
        for (Stage stage : pipeline.stages().values()) {
            for (Output output : stage.outputs()) {
                if (output.kind() == Output.Kind.PLOT
                        && matches(targets, stage.address().file(), output.path())) {
                    PlotProperties declared = output.plot() == null ? PlotProperties.NONE : output.plot();
                    for (String path : expand(revision, output.path())) {
                        add(found, revision, "", path, map(declared), overrides);
                    }
                }
            }
        }
        for (String target : targets) {
            if ((found.isEmpty() && pipeline.plots().isEmpty()) || revision.exists(target)) {
                for (String path : expand(revision, target)) {
                    add(found, revision, "", path, Map.of(), overrides);
                }
            }
        }
        return List.copyOf(found.values());
    }

    private static void add(
            Map<String, Definition> found,
            RevisionData revision,
            String config,
            String innerId,
            Map<String, @Nullable Object> properties,
            Map<String, Object> overrides) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>();
        Definition before = found.get(config + "::" + innerId);
        if (before != null) {
            merged.putAll(before.properties());
        }
        merged.putAll(properties);
        merged.putAll(overrides);
        found.put(config + "::" + innerId, new Definition(revision.name(), config, innerId, merged));
    }

    private static List<String> expand(RevisionData revision, String path) {
        return revision.isDirectory(path) ? revision.list(path) : List.of(path);
    }

    private static boolean matches(List<String> targets, String config, String id) {
        return targets.isEmpty()
                || targets.stream().anyMatch(t -> startsLike(t, id) || startsLike(t, config + "::" + id));
    }

    private static boolean startsLike(String target, String id) {
        try {
            return Pattern.compile(target).matcher(id).lookingAt();
        } catch (PatternSyntaxException e) {
            // A path with brackets in it, meant literally.
            return id.startsWith(target);
        }
    }

    private static String join(String directory, String path) {
        return java.nio.file.Path.of(directory, path).normalize().toString().replace('\\', '/');
    }

    private static Map<String, @Nullable Object> map(PlotProperties declared) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("x", declared.x());
        map.put("y", declared.y());
        map.put("title", declared.title());
        map.put("x_label", declared.xLabel());
        map.put("y_label", declared.yLabel());
        map.put("template", declared.template());
        map.put("header", declared.header() ? null : false);
        map.values().removeIf(java.util.Objects::isNull);
        return map;
    }

    private Map<String, Source> sources(
            RevisionData revision, List<Definition> definitions, Map<String, Object> overrides) {
        Set<String> withoutHeader = new LinkedHashSet<>();
        Set<String> files = new LinkedHashSet<>();
        for (Definition definition : definitions) {
            files.addAll(definition.files());
            if (Boolean.FALSE.equals(definition.properties().get("header"))) {
                withoutHeader.addAll(definition.files());
            }
        }
        Map<String, Source> sources = new LinkedHashMap<>();
        for (String file : files) {
            boolean header = !Boolean.FALSE.equals(overrides.get("header")) && !withoutHeader.contains(file);
            sources.put(file, source(revision, file, header));
        }
        return sources;
    }

    private Source source(RevisionData revision, String file, boolean header) {
        String suffix = ValueFiles.suffix(file);
        if (!IMAGES.contains(suffix) && !DATA.contains(suffix)) {
            return Source.failed(
                    "PlotMetricTypeError",
                    "'%s' - file type error\nOnly JSON, YAML, CSV and TSV formats are supported.".formatted(file));
        }
        Optional<byte[]> content = revision.read(file);
        if (content.isEmpty()) {
            return Source.failed("FileNotFoundError", "");
        }
        byte[] bytes = content.get();
        if (IMAGES.contains(suffix)) {
            return new Source(bytes.length == 0 ? null : bytes, null);
        }
        if (suffix.equals(".csv") || suffix.equals(".tsv")) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (text.indexOf('\uFFFD') >= 0) {
                return Source.failed("EncodingError", "unable to read: '%s', is not valid utf8".formatted(file));
            }
            List<?> rows = SeparatedValues.parse(text, suffix.equals(".tsv") ? '\t' : ',', header);
            return new Source(rows.isEmpty() ? null : rows, null);
        }
        ValueFiles.Parsed parsed = values.parse(file, bytes);
        boolean isEmpty = parsed.value() instanceof Map<?, ?> map && map.isEmpty();
        return new Source(isEmpty ? null : parsed.value(), parsed.error());
    }

    private static Plot plot(
            String id,
            List<Definition> group,
            Map<String, Map<String, Source>> sources,
            List<String> order,
            List<PlotSet.Problem> problems) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        for (int i = group.size() - 1; i >= 0; i--) {
            properties.putAll(group.get(i).properties());
        }
        String innerId = group.get(group.size() - 1).innerId();
        boolean isImage = IMAGES.contains(ValueFiles.suffix(innerId));
        String name = isImage ? innerId : id;
        List<PlotSet.Problem> misfits = new ArrayList<>();
        Map<String, byte[]> images = new LinkedHashMap<>();
        Map<String, List<Plot.Point>> points = new LinkedHashMap<>();
        PlotConverter.Axes axes = null;
        for (Definition definition : group) {
            String revision = definition.revision();
            Map<String, Object> data = new LinkedHashMap<>();
            for (String file : definition.files()) {
                Source source = sources.getOrDefault(revision, Map.of()).get(file);
                if (source != null && source.error() != null) {
                    FileError error = source.error();
                    problems.add(new PlotSet.Problem(name, revision, file, error.type(), error.message()));
                } else if (source != null && source.content() != null) {
                    data.put(file, source.content());
                }
            }
            if (isImage) {
                data.values().stream()
                        .filter(byte[].class::isInstance)
                        .forEach(image -> images.put(revision, (byte[]) image));
                continue;
            }
            try {
                PlotConverter.Converted converted = new PlotConverter(innerId, data, properties).convert();
                if (converted.axes() != null) {
                    points.put(revision, converted.points());
                    axes = axes == null ? converted.axes() : axes;
                }
            } catch (PlotException e) {
                misfits.add(new PlotSet.Problem(name, revision, "", e.type(), String.valueOf(e.getMessage())));
            }
        }
        problems.addAll(misfits);
        if (isImage) {
            return new Plot.Image(name, inOrder(order, images.keySet()), images);
        }
        PlotProperties declared = PlotProperties.of(properties);
        String title = declared.title() == null ? name : declared.title();
        PlotConverter.Axes drawn =
                axes == null ? new PlotConverter.Axes(PlotConverter.INDEX, "", PlotConverter.INDEX, "") : axes;
        Plot.Resolved resolved =
                new Plot.Resolved(drawn.x(), drawn.y(), title, drawn.xLabel(), drawn.yLabel(), declared);
        return new Plot.Series(name, inOrder(order, points.keySet()), resolved, points);
    }

    private static List<String> inOrder(List<String> order, Set<String> revisions) {
        return order.stream().distinct().filter(revisions::contains).toList();
    }
}

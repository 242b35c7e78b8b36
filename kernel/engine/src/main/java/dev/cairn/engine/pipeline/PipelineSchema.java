package dev.cairn.engine.pipeline;

import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What may stand where in a dvc.yaml, before references are replaced. Says of the first error where it is and what is allowed. */
final class PipelineSchema {
    /** The fields of a stage's body, which {@code vars} of a stage are kept out of once resolved. */
    private static final Map<String, Shape> ANNOTATIONS =
            fields("desc", Shape.TEXT, "type", Shape.TEXT, "labels", Shape.TEXTS, "meta", Shape.ANYTHING);

    private static final Map<String, Shape> OUTPUT = with(
            ANNOTATIONS,
            fields(
                    "cache",
                    Shape.FLAG,
                    "persist",
                    Shape.FLAG,
                    "checkpoint",
                    Shape.FLAG,
                    "remote",
                    Shape.TEXT,
                    "push",
                    Shape.FLAG));
    private static final Map<String, Shape> PLOT = with(
            OUTPUT,
            fields(
                    "template",
                    Shape.TEXT,
                    "x",
                    Shape.TEXT,
                    "y",
                    Shape.TEXT,
                    "x_label",
                    Shape.TEXT,
                    "y_label",
                    Shape.TEXT,
                    "title",
                    Shape.TEXT,
                    "header",
                    Shape.FLAG));
    private static final Map<String, Shape> STAGE = fields(
            "cmd", Shape.COMMAND,
            "wdir", Shape.TEXT,
            "deps", Shape.TEXTS,
            "params", Shape.TEXTS_OR_MAPS,
            "vars", Shape.TEXTS_OR_MAPS,
            "frozen", Shape.FLAG,
            "meta", Shape.ANYTHING,
            "desc", Shape.TEXT,
            "always_changed", Shape.FLAG,
            "outs", Shape.OUTPUTS,
            "metrics", Shape.OUTPUTS,
            "plots", Shape.PLOTS);
    private static final Map<String, Shape> DRAWING = fields(
            "x",
            Shape.AXIS,
            "y",
            Shape.AXIS,
            "x_label",
            Shape.TEXT,
            "y_label",
            Shape.TEXT,
            "title",
            Shape.TEXT,
            "template",
            Shape.TEXT);
    private static final Map<String, Shape> ARTIFACT = with(ANNOTATIONS, fields("path", Shape.TEXT));
    private static final Map<String, Shape> FILE = fields(
            "stages", Shape.STAGES,
            "vars", Shape.TEXTS_OR_MAPS,
            "params", Shape.TEXTS,
            "metrics", Shape.TEXTS,
            "plots", Shape.DRAWINGS,
            "artifacts", Shape.ARTIFACTS);

    private final String file;

    PipelineSchema(String file) {
        this.file = file;
    }

    private enum Shape {
        ANYTHING,
        TEXT,
        FLAG,
        COMMAND,
        TEXTS,
        TEXTS_OR_MAPS,
        OUTPUTS,
        PLOTS,
        STAGES,
        DRAWINGS,
        AXIS,
        ARTIFACTS
    }

    private static Map<String, Shape> fields(Object... namesAndShapes) {
        Map<String, Shape> out = new LinkedHashMap<>();
        for (int i = 0; i < namesAndShapes.length; i += 2) {
            out.put((String) namesAndShapes[i], (Shape) namesAndShapes[i + 1]);
        }
        return out;
    }

    private static Map<String, Shape> with(Map<String, Shape> some, Map<String, Shape> more) {
        Map<String, Shape> out = new LinkedHashMap<>(some);
        out.putAll(more);
        return out;
    }

    /**
     * Checks a whole file.
     *
     * @throws InvalidFileException with line and column of the first error
     */
    void check(YamlNode.Mapping root) {
        fields(root, FILE, Set.of(), Place.TOP);
    }

    /** The way from the top to a node, as DVC writes it. */
    private record Place(String path) {
        static final Place TOP = new Place("");

        Place at(Object key) {
            return new Place(path.isEmpty() ? String.valueOf(key) : path + " -> " + key);
        }
    }

    private void fields(YamlNode node, Map<String, Shape> known, Set<String> required, Place place) {
        YamlNode.Mapping map = mapping(node, place);
        for (YamlNode.Entry entry : map.mergedEntries()) {
            Shape shape = known.get(entry.name());
            if (shape == null || !isText(entry.key())) {
                throw unknownKey(entry, known.keySet(), place);
            }
            check(entry.value(), shape, place.at(entry.name()));
        }
        for (String name : required) {
            if (map.mergedEntries().stream().noneMatch(e -> e.name().equals(name))) {
                throw invalid(map, "required key not provided", place.at(name), "Add '%s:' there.".formatted(name));
            }
        }
    }

    private InvalidFileException unknownKey(YamlNode.Entry entry, Set<String> known, Place place) {
        String meant = Suggestions.nearest(entry.name(), known)
                .map("Did you mean '%s'? "::formatted)
                .orElse("");
        return invalid(
                entry.key(),
                "extra keys not allowed",
                place.at(entry.name()),
                "%sKnown here are %s."
                        .formatted(
                                meant, String.join(", ", known.stream().sorted().toList())));
    }

    private void check(YamlNode node, Shape shape, Place place) {
        switch (shape) {
            case ANYTHING -> {}
            case TEXT -> requireText(node, place);
            case FLAG -> {
                if (!(node.value() instanceof Boolean)) {
                    throw invalid(node, "expected bool", place, "Write true or false.");
                }
            }
            case COMMAND -> {
                if (!isText(node) && !(node instanceof YamlNode.Sequence)) {
                    throw invalid(node, "expected str", place, "Give a command, or a list of them.");
                }
            }
            case TEXTS -> items(node, place).forEach(i -> requireText(i.node(), i.place()));
            case TEXTS_OR_MAPS -> items(node, place).forEach(this::textOrMap);
            case OUTPUTS -> items(node, place).forEach(i -> output(i, OUTPUT));
            case PLOTS -> items(node, place).forEach(i -> output(i, PLOT));
            case STAGES -> named(node, place, this::stage);
            case DRAWINGS -> drawings(node, place);
            case AXIS -> axis(node, place);
            case ARTIFACTS -> named(node, place, i -> fields(i.node(), ARTIFACT, Set.of("path"), i.place()));
        }
    }

    private record Item(YamlNode node, Place place) {}

    private void textOrMap(Item item) {
        if (!isText(item.node()) && !(item.node() instanceof YamlNode.Mapping)) {
            throw invalid(item.node(), "expected dict", item.place(), "Write a name, or `name: value`.");
        }
    }

    private void output(Item item, Map<String, Shape> options) {
        if (!isText(item.node())) {
            named(item.node(), item.place(), i -> fields(i.node(), options, Set.of(), i.place()));
        }
    }

    private void stage(Item item) {
        YamlNode.Mapping body = mapping(item.node(), item.place());
        Optional<YamlNode> over = body.get("foreach");
        Optional<YamlNode> template = body.get("do");
        if (over.isEmpty() && template.isEmpty()) {
            fields(body, STAGE, Set.of("cmd"), item.place());
            return;
        }
        fields(body, fields("foreach", Shape.ANYTHING, "do", Shape.ANYTHING), Set.of("foreach", "do"), item.place());
        YamlNode iterated = over.orElseThrow();
        if (iterated instanceof YamlNode.Scalar && !isText(iterated)) {
            throw invalid(iterated, "expected dict", item.place().at("foreach"), "Give a list or a dictionary.");
        }
        fields(template.orElseThrow(), STAGE, Set.of("cmd"), item.place().at("do"));
    }

    private void drawings(YamlNode node, Place place) {
        if (node instanceof YamlNode.Mapping) {
            named(node, place, this::drawing);
            return;
        }
        for (Item item : items(node, place)) {
            if (!isText(item.node())) {
                named(item.node(), item.place(), this::drawing);
            }
        }
    }

    private void drawing(Item item) {
        if (item.node().value() != null) {
            fields(item.node(), DRAWING, Set.of(), item.place());
        }
    }

    private void axis(YamlNode node, Place place) {
        boolean isY = place.path().endsWith("y");
        if (isText(node)) {
            return;
        }
        if (node instanceof YamlNode.Mapping) {
            named(node, place, i -> {
                if (isY && i.node() instanceof YamlNode.Sequence) {
                    check(i.node(), Shape.TEXTS, i.place());
                } else {
                    requireText(i.node(), i.place());
                }
            });
        } else if (isY && node instanceof YamlNode.Sequence) {
            check(node, Shape.TEXTS, place);
        } else {
            throw invalid(node, "expected str", place, "Name a field, or give a field for each file.");
        }
    }

    private void named(YamlNode node, Place place, java.util.function.Consumer<Item> check) {
        for (YamlNode.Entry entry : mapping(node, place).mergedEntries()) {
            if (!isText(entry.key())) {
                throw invalid(
                        entry.key(),
                        "extra keys not allowed",
                        place.at(entry.name()),
                        "Names are text: put '%s' in quotes."
                                .formatted(entry.key().text()));
            }
            check.accept(new Item(entry.value(), place.at(entry.name())));
        }
    }

    private List<Item> items(YamlNode node, Place place) {
        if (!(node instanceof YamlNode.Sequence list)) {
            throw invalid(node, "expected a list", place, "Put each item on a line of its own, behind a dash.");
        }
        return java.util.stream.IntStream.range(0, list.items().size())
                .mapToObj(i -> new Item(list.items().get(i), place.at(i)))
                .toList();
    }

    private YamlNode.Mapping mapping(YamlNode node, Place place) {
        if (node instanceof YamlNode.Mapping map) {
            return map;
        }
        throw invalid(
                node,
                "expected a dictionary",
                place,
                "Write `name: value` lines below it, or remove '%s'."
                        .formatted(place.path().substring(place.path().lastIndexOf(' ') + 1)));
    }

    private void requireText(YamlNode node, Place place) {
        if (!isText(node)) {
            throw invalid(
                    node,
                    "expected str",
                    place,
                    node instanceof YamlNode.Scalar scalar && !scalar.text().isEmpty()
                            ? "Put '%s' in quotes.".formatted(scalar.text())
                            : "Give a text.");
        }
    }

    private static boolean isText(YamlNode node) {
        return node instanceof YamlNode.Scalar && node.value() instanceof String;
    }

    private InvalidFileException invalid(YamlNode node, String problem, Place place, String hint) {
        return new InvalidFileException(
                "'%s' validation failed.\n\n%s%s, line %d, column %d"
                        .formatted(
                                file,
                                problem,
                                place.path().isEmpty() ? "" : ", in " + place.path(),
                                node.span().line(),
                                node.span().column()),
                hint);
    }
}

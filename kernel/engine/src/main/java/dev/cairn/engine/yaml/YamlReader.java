package dev.cairn.engine.yaml;

import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.yaml.YamlNode.Entry;
import dev.cairn.engine.yaml.YamlNode.Scalar;
import dev.cairn.engine.yaml.YamlNode.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads a YAML document into nodes that know where they stand. Files are untrusted: depth, aliases and duplicate keys are checked,
 * and tags make no objects.
 */
public final class YamlReader {
    private static final int MAX_DEPTH = 200;
    private static final int MAX_EXPANDED_NODES = 2_000_000;
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(256 << 20)
            .setUseMarks(true)
            .build();

    private static final int MAX_REMEMBERED = 64;
    private static final int MAX_REMEMBERED_LENGTH = 1 << 15;
    private static final Recent RECENT = new Recent();

    private final String path;
    private final String text;
    private final ParserImpl events;
    private final Map<String, YamlNode> anchors = new HashMap<>();
    private final java.util.IdentityHashMap<YamlNode, Integer> sizes = new java.util.IdentityHashMap<>();
    private final int[] offsets;
    private int expanded;

    private YamlReader(String path, String text) {
        this.path = path;
        this.text = text;
        this.events = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
        this.offsets = surrogateOffsets(text);
    }

    /**
     * Reads one document.
     *
     * @param path for messages: the file as the user knows it
     * @return the root, or empty for a document without content
     * @throws InvalidFileException with line and column when it is not one YAML document
     */
    public static Optional<YamlNode> read(String path, byte[] content) {
        return read(path, new String(content, StandardCharsets.UTF_8));
    }

    public static Optional<YamlNode> read(String path, String text) {
        return text.length() > MAX_REMEMBERED_LENGTH ? parse(path, text) : RECENT.read(new Source(path, text));
    }

    private static Optional<YamlNode> parse(String path, String text) {
        return new YamlReader(path, text).document();
    }

    private record Source(String path, String text) {}

    /** One command reads the same few files several times, and `exp show` the same dvc.yaml in each commit. */
    private static final class Recent {
        private final Map<Source, Optional<YamlNode>> documents = new LinkedHashMap<>(16, 0.75f, true);

        Optional<YamlNode> read(Source source) {
            synchronized (this) {
                Optional<YamlNode> known = documents.get(source);
                if (known != null) {
                    return known;
                }
            }
            Optional<YamlNode> document = parse(source.path(), source.text());
            remember(source, document);
            return document;
        }

        private synchronized void remember(Source source, Optional<YamlNode> document) {
            documents.put(source, document);
            if (documents.size() > MAX_REMEMBERED) {
                documents.remove(documents.keySet().iterator().next());
            }
        }
    }

    /** The document's top-level map; an empty document is an empty map. */
    public static YamlNode.Mapping readMapping(String path, byte[] content) {
        YamlNode root =
                read(path, content).orElseGet(() -> new YamlNode.Mapping(List.of(), false, new Span(0, 0, 1, 1)));
        if (root instanceof YamlNode.Mapping mapping) {
            return mapping;
        }
        if (root.value() == null) {
            return new YamlNode.Mapping(List.of(), false, root.span());
        }
        throw invalid(path, root.span().line(), root.span().column(), "expected a mapping of keys to values");
    }

    private Optional<YamlNode> document() {
        try {
            next(Event.ID.StreamStart);
            if (events.checkEvent(Event.ID.StreamEnd)) {
                return Optional.empty();
            }
            next(Event.ID.DocumentStart);
            YamlNode root = node(0);
            next(Event.ID.DocumentEnd);
            if (!events.checkEvent(Event.ID.StreamEnd)) {
                Event more = events.next();
                throw at(more.getStartMark(), "expected a single document, found another one");
            }
            return Optional.of(root);
        } catch (MarkedYamlEngineException e) {
            throw at(e.getProblemMark().or(e::getContextMark), e.getProblem());
        } catch (YamlEngineException e) {
            throw invalid(path, 1, 1, String.valueOf(e.getMessage()));
        }
    }

    private void next(Event.ID expected) {
        Event event = events.next();
        if (event.getEventId() != expected) {
            throw at(event.getStartMark(), "expected %s, found %s".formatted(expected, event.getEventId()));
        }
    }

    private YamlNode node(int depth) {
        Event event = events.next();
        if (depth > MAX_DEPTH) {
            throw at(event.getStartMark(), "nested more than %d levels deep".formatted(MAX_DEPTH));
        }
        if (event instanceof AliasEvent alias) {
            YamlNode target = anchors.get(alias.getAlias().getValue());
            if (target == null) {
                throw at(event.getStartMark(), "found undefined alias '%s'".formatted(alias.getAlias()));
            }
            count(event, sizes.getOrDefault(target, 1));
            return target;
        }
        int before = expanded;
        count(event, 1);
        YamlNode node = event instanceof ScalarEvent scalar
                ? new Scalar(
                        scalar.getValue(),
                        scalar.getScalarStyle() == ScalarStyle.PLAIN && untagged(scalar),
                        span(event, event))
                : collection((CollectionStartEvent) event, depth);
        if (event instanceof org.snakeyaml.engine.v2.events.NodeEvent anchored) {
            anchored.getAnchor().ifPresent(anchor -> {
                anchors.put(anchor.getValue(), node);
                sizes.put(node, expanded - before);
            });
        }
        return node;
    }

    private static boolean untagged(ScalarEvent scalar) {
        return scalar.getTag().isEmpty() || !scalar.getTag().get().equals("tag:yaml.org,2002:str");
    }

    /** Aliases multiply: a small file can stand for billions of nodes. */
    private void count(Event event, int nodes) {
        expanded += nodes;
        if (expanded > MAX_EXPANDED_NODES) {
            throw at(event.getStartMark(), "aliases expand to more than %d nodes".formatted(MAX_EXPANDED_NODES));
        }
    }

    private YamlNode collection(CollectionStartEvent start, int depth) {
        if (start.getEventId() == Event.ID.SequenceStart) {
            List<YamlNode> items = new ArrayList<>();
            while (!events.checkEvent(Event.ID.SequenceEnd)) {
                items.add(node(depth + 1));
            }
            return new YamlNode.Sequence(items, start.isFlow(), span(start, events.next()));
        }
        List<Entry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            Event keyEvent = events.peekEvent();
            if (!(node(depth + 1) instanceof Scalar key)) {
                throw at(keyEvent.getStartMark(), "a key must be a plain value, not a list or a mapping");
            }
            Entry entry = new Entry(key, node(depth + 1));
            if (!entry.isMerge() && !names.add(entry.name())) {
                throw at(keyEvent.getStartMark(), "found duplicate key \"%s\"".formatted(entry.name()));
            }
            entries.add(entry);
        }
        return new YamlNode.Mapping(entries, start.isFlow(), span(start, events.next()));
    }

    private Span span(Event start, Event end) {
        Mark from = start.getStartMark().orElseThrow();
        int startOffset = offset(from.getIndex());
        int endOffset = offset(end.getEndMark().orElseThrow().getIndex());
        return new Span(startOffset, Math.max(startOffset, endOffset), from.getLine() + 1, from.getColumn() + 1);
    }

    /** Marks count code points; strings count UTF-16 units. */
    private int offset(int codePoints) {
        return offsets.length == 0
                ? Math.min(codePoints, text.length())
                : offsets[Math.min(codePoints, offsets.length - 1)];
    }

    private static int[] surrogateOffsets(String text) {
        int count = text.codePointCount(0, text.length());
        if (count == text.length()) {
            return new int[0];
        }
        int[] offsets = new int[count + 1];
        for (int i = 0, at = 0; i <= count; i++) {
            offsets[i] = at;
            at += i < count ? Character.charCount(text.codePointAt(at)) : 0;
        }
        return offsets;
    }

    private InvalidFileException at(Optional<Mark> mark, @Nullable String problem) {
        int line = mark.map(m -> m.getLine() + 1).orElse(1);
        int column = mark.map(m -> m.getColumn() + 1).orElse(1);
        return invalid(path, line, column, String.valueOf(problem), text);
    }

    private static InvalidFileException invalid(String path, int line, int column, String problem) {
        return invalid(path, line, column, problem, "");
    }

    private static InvalidFileException invalid(String path, int line, int column, String problem, String text) {
        return new InvalidFileException(
                "unable to read: '%s', YAML file structure is corrupted: %s, line %d, column %d%s"
                        .formatted(path, problem, line, column, excerpt(text, line, column)),
                "Correct line %d of %s; nothing was changed.".formatted(line, path));
    }

    private static String excerpt(String text, int line, int column) {
        List<String> lines = text.lines().toList();
        if (line < 1 || line > lines.size()) {
            return "";
        }
        String shown = lines.get(line - 1);
        return "\n  %d │ %s\n  %s   %s^"
                .formatted(line, shown, " ".repeat(String.valueOf(line).length()), " ".repeat(column - 1));
    }
}

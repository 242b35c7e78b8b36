package dev.cairn.engine.params;

import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.yaml.YamlReader;
import dev.cairn.store.json.JsonReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** Reads the values of a parameter or metric file, by the file's suffix: YAML (also for an unknown one), JSON, TOML or Python. */
public final class ParameterFile {
    /** The file that parameters without a file belong to. */
    public static final String DEFAULT = "params.yaml";

    private ParameterFile() {}

    /** Which kind of text a file holds. */
    public enum Format {
        YAML,
        JSON,
        TOML,
        PYTHON;

        public static Format of(String path) {
            String name = path.toLowerCase(Locale.ROOT);
            if (name.endsWith(".json")) {
                return JSON;
            }
            if (name.endsWith(".toml")) {
                return TOML;
            }
            return name.endsWith(".py") ? PYTHON : YAML;
        }
    }

    /**
     * Reads all values of a file.
     *
     * @param path decides the format, and stands in messages
     * @return values in the file's order: maps, lists, strings, Long, BigInteger, Double, Boolean, null
     * @throws InvalidFileException when the content is not of the format, or its top level is no map
     */
    public static Map<String, @Nullable Object> parse(String path, byte[] content) {
        Object value = parseAny(path, content);
        if (value == null) {
            return new LinkedHashMap<>();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new InvalidFileException(
                    "unable to read: '%s', its top level is not a mapping of names to values".formatted(path),
                    "Give each value a name.");
        }
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        map.forEach((k, v) -> out.put(String.valueOf(k), v));
        return out;
    }

    /** As {@link #parse}, for files whose top level may be a list or a scalar. */
    public static @Nullable Object parseAny(String path, byte[] content) {
        return switch (Format.of(path)) {
            case YAML -> YamlReader.read(path, content).map(n -> n.value()).orElse(null);
            case JSON -> json(path, content);
            case TOML -> toml(path, content);
            case PYTHON -> PythonLiterals.parse(path, new String(content, StandardCharsets.UTF_8));
        };
    }

    private static @Nullable Object json(String path, byte[] content) {
        try {
            return JsonReader.parse(content);
        } catch (JsonReader.JsonSyntaxException e) {
            throw new InvalidFileException(
                    "unable to read: '%s', JSON file structure is corrupted: %s".formatted(path, e.getMessage()),
                    "Correct %s.".formatted(path),
                    e);
        }
    }

    private static @Nullable Object toml(String path, byte[] content) {
        try {
            return value(new TomlMapper().readTree(content));
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String where = at == null ? "" : ", line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
            throw new InvalidFileException(
                    "unable to read: '%s', TOML file structure is corrupted: %s%s"
                            .formatted(path, e.getOriginalMessage(), where),
                    "Correct %s.".formatted(path),
                    e);
        }
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isObject()) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            node.properties().forEach(p -> map.put(p.getKey(), value(p.getValue())));
            return map;
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            node.forEach(item -> list.add(value(item)));
            return list;
        }
        if (node.isIntegralNumber()) {
            BigInteger number = node.bigIntegerValue();
            return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNull() ? null : node.asString();
    }
}

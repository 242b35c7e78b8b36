package dev.cairn.engine.hydra;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.yaml.YamlNode;
import dev.cairn.engine.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory of a Hydra configuration: files are configurations, directories are groups of them. */
final class ConfigDirectory {
    private static final Pattern HEADER = Pattern.compile("(?m)\\A(?:\\s*#.*\\n)*?\\s*#\\s*@package\\s+(\\S*)\\s*$");
    private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-7_]+");

    private final Path root;
    private final Map<String, Optional<Config>> loaded = new HashMap<>();

    ConfigDirectory(Path root) {
        this.root = root;
    }

    /**
     * One file.
     *
     * @param header the package that its first lines name; null when they name none
     * @param defaults its defaults list
     * @param values everything else
     */
    record Config(@Nullable String header, List<@Nullable Object> defaults, Map<String, @Nullable Object> values) {}

    Path root() {
        return root;
    }

    boolean isGroup(String path) {
        return !path.isEmpty() && Files.isDirectory(within(path));
    }

    /** Names of the configurations of a group, sorted. */
    List<String> options(String group) {
        Path directory = within(group);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - ".yaml".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + directory, e);
        }
    }

    Optional<Config> load(String path) {
        return loaded.computeIfAbsent(path, this::read);
    }

    private Path within(String path) {
        Path found = root.resolve(path).normalize();
        if (!found.startsWith(root)) {
            throw new EngineException(
                    "'%s' is outside the configuration's directory '%s'".formatted(path, root),
                    "Name configurations below that directory.");
        }
        return found;
    }

    private Optional<Config> read(String path) {
        Path file = within(path.endsWith(".yaml") || path.endsWith(".yml") ? path : path + ".yaml");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        Matcher header = HEADER.matcher(text);
        Object value = YamlReader.read(file.toString(), text)
                .map(ConfigDirectory::value)
                .orElse(null);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> values.put(String.valueOf(key), item));
        } else if (value != null) {
            throw new InvalidFileException(
                    "unable to read: '%s', a configuration is a mapping of names to values".formatted(file),
                    "Give each value a name.");
        }
        Object defaults = values.remove("defaults");
        List<@Nullable Object> list = new ArrayList<>();
        if (defaults instanceof List<?> items) {
            list.addAll(items);
        } else if (defaults != null) {
            values.put("defaults", defaults);
        }
        return Optional.of(new Config(header.find() ? header.group(1) : null, list, values));
    }

    /** Hydra reads YAML 1.1: {@code yes} and {@code off} are booleans there, and {@code 010} is eight. */
    private static @Nullable Object value(YamlNode node) {
        if (node instanceof YamlNode.Mapping map) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            map.mergedEntries().forEach(entry -> values.put(entry.name(), value(entry.value())));
            return values;
        }
        if (node instanceof YamlNode.Sequence list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.items().forEach(item -> items.add(value(item)));
            return items;
        }
        YamlNode.Scalar scalar = (YamlNode.Scalar) node;
        if (!scalar.plain()) {
            return scalar.text();
        }
        String text = scalar.text();
        boolean isOneCase = text.equals(text.toLowerCase(Locale.ROOT))
                || text.equals(text.toUpperCase(Locale.ROOT))
                || text.substring(1).equals(text.substring(1).toLowerCase(Locale.ROOT));
        switch (isOneCase ? text.toLowerCase(Locale.ROOT) : "") {
            case "yes", "on":
                return true;
            case "no", "off":
                return false;
            default:
                break;
        }
        if (OCTAL.matcher(text).matches()) {
            return new BigInteger(text.replace("_", ""), 8).longValueExact();
        }
        return Objects.equals(text, "<<") ? text : node.value();
    }
}

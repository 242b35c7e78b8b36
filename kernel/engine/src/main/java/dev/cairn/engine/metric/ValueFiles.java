package dev.cairn.engine.metric;

import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.metric.FileValues.FileError;
import dev.cairn.engine.params.ParameterFile;
import dev.cairn.engine.yaml.YamlNode;
import dev.cairn.engine.yaml.YamlReader;
import dev.cairn.store.json.JsonReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses files of values by their suffix: {@code .json}, {@code .toml}, {@code .py}, and everything else as YAML. Remembers small files by
 * content, since most revisions of a project share theirs. May be used by several threads.
 */
public final class ValueFiles {
    private static final int MAX_REMEMBERED = 4096;
    private static final int MAX_REMEMBERED_SIZE = 64 << 10;

    private final Map<Key, Parsed> remembered = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Parsed> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    private record Key(String path, ByteBuffer content) {}

    /** @param value of the whole file; an empty map for an empty one, as in DVC */
    record Parsed(@Nullable Object value, @Nullable FileError error) {
        /** As the values of a file; those of one that holds a bare value stand under the empty name. */
        FileValues values() {
            if (error != null) {
                return new FileValues(Map.of(), error);
            }
            return value instanceof Map<?, ?> map
                    ? FileValues.of(strings(map))
                    : FileValues.of(java.util.Collections.singletonMap("", value));
        }

        private static Map<String, @Nullable Object> strings(Map<?, ?> map) {
            Map<String, @Nullable Object> out = new LinkedHashMap<>();
            map.forEach((key, value) -> out.put(PythonText.str(key), value));
            return out;
        }
    }

    Parsed parse(String path, byte[] content) {
        if (content.length > MAX_REMEMBERED_SIZE) {
            return read(path, content);
        }
        Key key = new Key(path, ByteBuffer.wrap(content));
        synchronized (remembered) {
            Parsed known = remembered.get(key);
            if (known != null) {
                return known;
            }
        }
        Parsed parsed = read(path, content);
        synchronized (remembered) {
            remembered.put(key, parsed);
        }
        return parsed;
    }

    private static Parsed read(String path, byte[] content) {
        String suffix = suffix(path).toLowerCase(Locale.ROOT);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
        } catch (CharacterCodingException e) {
            return unreadable("EncodingError", path, "is not valid utf-8");
        }
        try {
            return switch (suffix) {
                case ".json" -> of(JsonReader.parse(content));
                case ".toml", ".py" -> of(ParameterFile.parse(path, content));
                default -> of(
                        YamlReader.read(path, content).map(YamlNode::value).orElse(null));
            };
        } catch (JsonReader.JsonSyntaxException e) {
            return unreadable("JSONFileCorruptedError", path, "JSON file structure is corrupted");
        } catch (InvalidFileException e) {
            return switch (suffix) {
                case ".toml" -> unreadable("TOMLFileCorruptedError", path, "TOML file structure is corrupted");
                case ".py" -> unreadable("PythonFileCorruptedError", path, "Python file structure is corrupted");
                default -> unreadable("YAMLFileCorruptedError", path, "YAML file structure is corrupted");
            };
        }
    }

    private static Parsed unreadable(String type, String path, String problem) {
        return new Parsed(null, new FileError(type, "unable to read: '%s', %s".formatted(path, problem)));
    }

    private static Parsed of(@Nullable Object value) {
        return new Parsed(isEmpty(value) ? Map.of() : value, null);
    }

    /** DVC's {@code load(...) or {}}. */
    private static boolean isEmpty(@Nullable Object value) {
        return value == null
                || value.equals("")
                || value.equals(false)
                || (value instanceof Number number && number.doubleValue() == 0)
                || (value instanceof java.util.Collection<?> list && list.isEmpty());
    }

    /** The name's last dot and what follows; empty when it has none or begins with it. */
    static String suffix(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(dot) : "";
    }
}

package dev.cairn.engine.pipeline;

import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.store.json.PythonJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces references (a name in braces behind a dollar sign) in the values of a dvc.yaml. Behind a backslash they stay as they are, and
 * so does what is not closed. Text forms are Python's, since that is what DVC locks.
 */
final class Interpolator {
    private static final Pattern REFERENCE = Pattern.compile("(?<!\\\\)\\$\\{(.*?)}");
    private static final Pattern EXPRESSION =
            Pattern.compile("[^.\\[\\]]+(?:\\s*\\.[^.\\[\\]]+|\\s*\\[[^.\\[\\]]+\\s*])*");

    /** Fields whose maps have paths as keys. */
    private static final Set<String> PATH_FIELDS = Set.of("outs", "metrics", "plots", "params");

    private final String file;
    private final TemplateContext context;
    private final FlagWriter flags;
    private final TemplateContext.Used used;

    /**
     * Resolves with these values.
     *
     * @param file for messages
     * @param used told of values out of files that were used
     */
    Interpolator(String file, TemplateContext context, FlagWriter flags, TemplateContext.Used used) {
        this.file = file;
        this.context = context;
        this.flags = flags;
        this.used = used;
    }

    static boolean hasReference(@Nullable Object value) {
        if (value instanceof String text) {
            return REFERENCE.matcher(text).find();
        }
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(Interpolator::hasReference);
        }
        return value instanceof Map<?, ?> map
                && (map.keySet().stream().anyMatch(Interpolator::hasReference)
                        || map.values().stream().anyMatch(Interpolator::hasReference));
    }

    /**
     * What {@code foreach} goes over: maps and lists that a reference names stay {@link ContextValue}s, to keep where they come from.
     *
     * @param place for messages, as in {@code stages.train.foreach}
     */
    @Nullable
    Object iterated(@Nullable Object value, String place) {
        return walk(value, place, "foreach");
    }

    /**
     * Resolves every text inside a value.
     *
     * @param place for messages, as in {@code stages.train.cmd}
     * @param field the stage's field that it is in: only {@code cmd} takes maps
     */
    @Nullable
    Object resolve(@Nullable Object value, String place, String field) {
        return walk(value, place, field);
    }

    private @Nullable Object walk(@Nullable Object value, String place, String field) {
        if (value instanceof String text) {
            return text(text, place, field);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> out = new ArrayList<>(list.size());
            list.forEach(item -> out.add(walk(item, place, field)));
            return out;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> out = new LinkedHashMap<>();
            map.forEach((key, item) -> {
                out.put(key(text(String.valueOf(key), place, field), place, field), walk(item, place, field));
            });
            return out;
        }
        return value;
    }

    private String key(@Nullable Object resolved, String place, String field) {
        Object name = resolved instanceof ContextValue known ? known.plain() : resolved;
        if (!(name instanceof String) && PATH_FIELDS.contains(field)) {
            throw invalid(
                    place,
                    "\n'%s' not supported: '%s' is no path".formatted(PythonType.name(name), pythonText(name)),
                    "Put text around the reference, or a text into the variable.");
        }
        return pythonText(name);
    }

    private @Nullable Object text(String text, String place, String field) {
        if (text.indexOf("${") < 0) {
            return text;
        }
        Matcher matcher = REFERENCE.matcher(text);
        boolean isForeach = field.equals("foreach");
        if (!matcher.find()) {
            return text.replace("\\${", "${");
        }
        if (matcher.start() == 0 && matcher.end() == text.length()) {
            ContextValue found = lookUp(matcher.group(1), place);
            if (isForeach) {
                return found;
            }
            requireSingle(found, place, field);
            return found.plain();
        }
        StringBuilder out = new StringBuilder();
        int done = 0;
        do {
            ContextValue found = lookUp(matcher.group(1), place);
            if (!isForeach) {
                requireSingle(found, place, field);
            }
            out.append(text, done, matcher.start());
            out.append(found instanceof ContextValue.Fields map ? written(map, place) : pythonText(found.plain()));
            done = matcher.end();
        } while (matcher.find());
        return out.append(text.substring(done)).toString().replace("\\${", "${");
    }

    private String written(ContextValue.Fields map, String place) {
        try {
            return flags.write(map.plain());
        } catch (FlagWriter.NestedListException e) {
            throw invalid(place, "\n" + e.getMessage(), "Use a list of single values.");
        }
    }

    private void requireSingle(ContextValue value, String place, String field) {
        boolean isSingle = value instanceof ContextValue.Single;
        boolean isCommandMap = value instanceof ContextValue.Fields && field.equals("cmd");
        if (!isSingle && !isCommandMap) {
            throw invalid(
                    place,
                    "\nCannot interpolate data of type '%s'".formatted(PythonType.name(value.plain())),
                    "Name a single value in it.");
        }
    }

    private ContextValue lookUp(String expression, String place) {
        requireName(expression, place);
        return context.select(expression, used)
                .orElseThrow(() -> invalid(
                        place,
                        " Could not find '%s'"
                                .formatted(expression.replace("[", ".").replace("]", "")),
                        "Define it in params.yaml or under vars."));
    }

    private void requireName(String expression, String place) {
        Matcher matcher = EXPRESSION.matcher(expression);
        if (matcher.matches()) {
            return;
        }
        boolean hasStart = matcher.lookingAt();
        int at = hasStart ? matcher.end() : 0;
        String found = at < expression.length() ? expression.substring(at, at + 1) : "}";
        throw invalid(
                place,
                "\n${%s}\n%s^\nParseException: Expected %s, found '%s'  (at char %d), (line:1, col:%d)"
                        .formatted(
                                expression,
                                " ".repeat(at + 2),
                                hasStart ? "end of text" : "!W:(.[])",
                                found,
                                at + 2,
                                at + 3),
                "Write ${name}, ${name.key} or ${name[0]}; \\${ stands for itself.");
    }

    private InvalidFileException invalid(String place, String problem, String hint) {
        return new InvalidFileException("failed to parse '%s' in '%s':%s".formatted(place, file, problem), hint);
    }

    /** As a template shows a value. */
    static String pythonText(@Nullable Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Double number) {
            return PythonJson.repr(number);
        }
        return String.valueOf(value);
    }
}

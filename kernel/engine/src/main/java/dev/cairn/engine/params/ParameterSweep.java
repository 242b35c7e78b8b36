package dev.cairn.engine.params;

import dev.cairn.engine.error.EngineException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Overrides with several values each: {@code a=1,2}, {@code choice(…)}, {@code range(…)}; every combination is an experiment. */
public final class ParameterSweep {
    private static final Pattern CALL = Pattern.compile("(choice|range|sort|shuffle|interval|glob)\\((.*)\\)");
    private static final Pattern CAST = Pattern.compile("(int|float|str|bool)\\((.*)\\)");

    private ParameterSweep() {}

    /** Whether one of the overrides has several values. */
    public static boolean isSweep(List<String> overrides) {
        return overrides.stream().anyMatch(text -> isSweep(value(text)));
    }

    private static boolean isSweep(String value) {
        return CALL.matcher(value).matches() || split(value).size() > 1;
    }

    /**
     * The overrides of each experiment; the last override changes fastest. Just the given ones when none has several values.
     *
     * @param random for {@code shuffle}
     * @throws EngineException for a sweep that has no end, as {@code interval}, or is not known here
     */
    public static List<List<String>> expand(List<String> overrides, Random random) {
        List<List<String>> all = new ArrayList<>();
        all.add(List.of());
        for (String text : overrides) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> before : all) {
                for (String one : alternatives(text, random)) {
                    List<String> with = new ArrayList<>(before);
                    with.add(one);
                    longer.add(with);
                }
            }
            all = longer;
        }
        return all;
    }

    /** As DVC prints them: the overrides by file, in Python's notation. */
    public static String describe(List<String> overrides) {
        Map<String, List<String>> byFile = new LinkedHashMap<>();
        for (String text : overrides) {
            int equals = text.indexOf('=');
            int colon = text.lastIndexOf(':', equals < 0 ? text.length() : equals);
            String file = colon < 0 ? ParameterFile.DEFAULT : text.substring(0, colon);
            byFile.computeIfAbsent(file, f -> new ArrayList<>()).add(quoted(text.substring(colon + 1)));
        }
        List<String> parts = new ArrayList<>();
        byFile.forEach((file, list) -> parts.add(quoted(file) + ": [" + String.join(", ", list) + "]"));
        return "{" + String.join(", ", parts) + "}";
    }

    private static String quoted(String text) {
        String escaped = text.replace("\\", "\\\\");
        return text.contains("'") && !text.contains("\"")
                ? "\"" + escaped + "\""
                : "'" + escaped.replace("'", "\\'") + "'";
    }

    private static String value(String text) {
        int equals = text.indexOf('=');
        return equals < 0 ? "" : text.substring(equals + 1).strip();
    }

    private static List<String> alternatives(String text, Random random) {
        String value = value(text);
        if (!isSweep(value)) {
            return List.of(text);
        }
        String head = text.substring(0, text.indexOf('=') + 1);
        return values(text, value, random).stream().map(v -> head + v).toList();
    }

    private static List<String> values(String text, String value, Random random) {
        Matcher call = CALL.matcher(value);
        if (!call.matches()) {
            return split(value).stream().map(String::strip).toList();
        }
        List<String> arguments =
                split(call.group(2)).stream().map(String::strip).toList();
        return switch (call.group(1)) {
            case "choice" -> arguments;
            case "range" -> range(text, arguments);
            case "sort" -> sort(text, arguments, random);
            case "shuffle" -> {
                List<String> shuffled = new ArrayList<>(inner(text, arguments, random));
                Collections.shuffle(shuffled, random);
                yield shuffled;
            }
            case "glob" -> throw new EngineException(
                    "Glob override '%s' is not supported.".formatted(text), "Name the values: choice(a, b).");
            default -> throw new EngineException(
                    "Sweep override '%s' is not supported.".formatted(text),
                    "Name the values: choice(1, 2) or range(1, 4).");
        };
    }

    private static List<String> inner(String text, List<String> arguments, Random random) {
        List<String> plain =
                arguments.stream().filter(a -> !a.matches("\\w+=.*")).toList();
        return plain.size() == 1 && CALL.matcher(plain.get(0)).matches() ? values(text, plain.get(0), random) : plain;
    }

    private static List<String> sort(String text, List<String> arguments, Random random) {
        Comparator<String> order =
                Comparator.comparing(ParameterSweep::number, Comparator.nullsLast(Comparator.naturalOrder()));
        List<String> sorted = new ArrayList<>(inner(text, arguments, random));
        sorted.sort(order.thenComparing(Comparator.naturalOrder()));
        if (arguments.stream().anyMatch(a -> a.replace(" ", "").equalsIgnoreCase("reverse=true"))) {
            Collections.reverse(sorted);
        }
        return sorted;
    }

    private static @org.jspecify.annotations.Nullable BigDecimal number(String text) {
        try {
            return new BigDecimal(text.replace("_", ""));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** As Python's: from start, in steps, without the end; with a fraction anywhere all are fractions. */
    private static List<String> range(String text, List<String> arguments) {
        BigDecimal start = BigDecimal.ZERO;
        BigDecimal stop = null;
        BigDecimal step = BigDecimal.ONE;
        List<BigDecimal> positional = new ArrayList<>();
        boolean isFraction = false;
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String shown = argument.substring(equals + 1).strip();
            BigDecimal number = number(shown);
            if (number == null) {
                throw new EngineException(
                        "Invalid `--set-param` value: Error parsing override '%s': '%s' is not a number"
                                .formatted(text, shown),
                        "Write it as range(start, stop, step).");
            }
            isFraction |= shown.matches(".*[.eE].*");
            switch (equals < 0 ? "" : argument.substring(0, equals).strip()) {
                case "start" -> start = number;
                case "stop" -> stop = number;
                case "step" -> step = number;
                default -> positional.add(number);
            }
        }
        if (positional.size() == 1) {
            stop = positional.get(0);
        } else if (positional.size() > 1) {
            start = positional.get(0);
            stop = positional.get(1);
            step = positional.size() > 2 ? positional.get(2) : step;
        }
        if (stop == null || step.signum() == 0) {
            throw new EngineException(
                    "Invalid `--set-param` value: Error parsing override '%s': a range needs an end and steps"
                            .formatted(text),
                    "Write it as range(start, stop, step).");
        }
        List<String> values = new ArrayList<>();
        for (BigDecimal at = start; at.compareTo(stop) * step.signum() < 0; at = at.add(step)) {
            values.add(
                    isFraction
                            ? dev.cairn.store.json.PythonJson.repr(at.doubleValue())
                            : at.toBigInteger().toString());
        }
        return values;
    }

    /** At the commas that are not within quotes or brackets, and not behind a backslash. */
    private static List<String> split(String text) {
        if (CAST.matcher(text).matches()) {
            return List.of(text);
        }
        List<String> parts = new ArrayList<>();
        int depth = 0;
        char quote = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char ch = text.charAt(i);
            if (ch == '\\') {
                i++;
            } else if (quote != 0) {
                quote = ch == quote ? 0 : quote;
            } else if (ch == '\'' || ch == '"') {
                quote = ch;
            } else if ("[{(".indexOf(ch) >= 0) {
                depth++;
            } else if ("]})".indexOf(ch) >= 0) {
                depth--;
            } else if (ch == ',' && depth == 0) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }
}

package dev.cairn.engine.params;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.params.OverrideSweep.Choice;
import dev.cairn.engine.params.OverrideSweep.Glob;
import dev.cairn.engine.params.OverrideSweep.Interval;
import dev.cairn.engine.params.OverrideSweep.Range;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The functions of Hydra's override grammar: casts, sweeps, {@code sort}, {@code shuffle} and {@code tag}. */
final class OverrideFunctions {
    private final String override;

    /** @param override as typed, for messages */
    OverrideFunctions(String override) {
        this.override = override;
    }

    @Nullable
    Object call(String name, List<@Nullable Object> typed, Map<String, @Nullable Object> named) {
        List<@Nullable Object> arguments = new ArrayList<>();
        typed.forEach(argument -> arguments.add(argument instanceof QuotedText quoted ? quoted.text() : argument));
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        named.forEach((key, value) -> options.put(key, value instanceof QuotedText quoted ? quoted.text() : value));
        Object result =
                switch (name) {
                    case "int" -> cast(subject(name, arguments, options, "value"), this::toInt, true);
                    case "float" -> cast(subject(name, arguments, options, "value"), this::toFloat, true);
                    case "str" -> cast(subject(name, arguments, options, "value"), this::toText, false);
                    case "bool" -> cast(subject(name, arguments, options, "value"), this::toBool, false);
                    case "choice" -> choice(arguments);
                    case "range" -> range(arguments, options);
                    case "interval" -> interval(arguments, options);
                    case "glob" -> glob(arguments, options);
                    case "tag" -> tag(arguments, options);
                    case "sort" -> sort(arguments, options);
                    case "shuffle" -> shuffle(arguments, options);
                    default -> throw wrong("unknown function '%s'".formatted(name));
                };
        if (!options.isEmpty()) {
            throw wrong("%s() has no argument '%s'"
                    .formatted(name, options.keySet().iterator().next()));
        }
        return result;
    }

    private EngineException wrong(String problem) {
        return ParameterOverride.invalid(override, problem);
    }

    private @Nullable Object subject(
            String name, List<@Nullable Object> arguments, Map<String, @Nullable Object> options, String option) {
        if (options.containsKey(option) && arguments.isEmpty()) {
            return options.remove(option);
        }
        if (arguments.isEmpty()) {
            throw wrong(name + "() needs a value");
        }
        return arguments.size() == 1 ? arguments.get(0) : Choice.simple(arguments);
    }

    private @Nullable Object cast(@Nullable Object value, UnaryOperator<Object> to, boolean isNumber) {
        if (value instanceof QuotedText quoted) {
            return to.apply(quoted.text());
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.forEach(item -> items.add(cast(item, to, isNumber)));
            return items;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> items = new LinkedHashMap<>();
            map.forEach((key, item) -> items.put(key, cast(item, to, isNumber)));
            return items;
        }
        if (value instanceof Choice choice) {
            List<@Nullable Object> items = new ArrayList<>();
            choice.values().forEach(item -> items.add(cast(item, to, isNumber)));
            return new Choice(items, choice.isSimple(), choice.isShuffled());
        }
        if (value instanceof Range range && isNumber) {
            return new Range(
                    (Number) to.apply(range.start()),
                    (Number) to.apply(range.stop()),
                    (Number) to.apply(range.step()),
                    range.isShuffled());
        }
        if (value instanceof Interval && isNumber) {
            return value;
        }
        if (value == null || value instanceof OverrideSweep) {
            throw wrong("'%s' cannot be cast".formatted(value == null ? "null" : "this sweep"));
        }
        return to.apply(value);
    }

    private Object toInt(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        if (value instanceof Double number) {
            if (!Double.isFinite(number)) {
                throw cannotCast(value, "int");
            }
            return number.longValue();
        }
        if (value instanceof Number) {
            return value;
        }
        try {
            return Long.parseLong(value.toString().strip().replace("_", ""));
        } catch (NumberFormatException e) {
            throw cannotCast(value, "int");
        }
    }

    private Object toFloat(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1.0 : 0.0;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        String shown = value.toString().strip().replace("_", "");
        return switch (shown.toLowerCase(Locale.ROOT)) {
            case "inf", "+inf", "infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> {
                try {
                    yield new BigDecimal(shown).doubleValue();
                } catch (NumberFormatException e) {
                    throw cannotCast(value, "float");
                }
            }
        };
    }

    private Object toText(Object value) {
        return value instanceof Double number ? OverrideText.python(number) : value.toString();
    }

    private Object toBool(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        return switch (value.toString().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw cannotCast(value, "bool");
        };
    }

    private EngineException cannotCast(Object value, String type) {
        return wrong("'%s' cannot be made a %s".formatted(value, type));
    }

    private Choice choice(List<@Nullable Object> arguments) {
        if (arguments.isEmpty()) {
            throw wrong("empty choice is not legal");
        }
        if (arguments.size() == 1 && arguments.get(0) instanceof Choice inner) {
            if (!inner.isSimple()) {
                throw wrong("nesting choices is not supported");
            }
            return new Choice(inner.values(), false, inner.isShuffled());
        }
        return new Choice(arguments, false, false);
    }

    private Range range(List<@Nullable Object> arguments, Map<String, @Nullable Object> options) {
        List<String> names = List.of("start", "stop", "step");
        Number[] numbers = new Number[names.size()];
        if (arguments.size() > names.size()) {
            throw wrong("a range has a start, a stop and a step");
        }
        for (int i = 0; i < names.size(); i++) {
            if (i < arguments.size()) {
                numbers[i] = number(arguments.get(i));
            } else if (options.containsKey(names.get(i))) {
                numbers[i] = number(options.remove(names.get(i)));
            }
        }
        Number start = numbers[0];
        Number step = numbers[2] == null ? 1L : numbers[2];
        if (start == null) {
            throw wrong("a range needs an end");
        }
        return numbers[1] == null ? new Range(0L, start, step, false) : new Range(start, numbers[1], step, false);
    }

    private Number number(@Nullable Object value) {
        if (value instanceof Number number) {
            return number;
        }
        throw wrong("'%s' is not a number".formatted(value));
    }

    private Interval interval(List<@Nullable Object> arguments, Map<String, @Nullable Object> options) {
        List<@Nullable Object> ends = new ArrayList<>(arguments);
        for (String name : List.of("start", "end")) {
            if (options.containsKey(name)) {
                ends.add(options.remove(name));
            }
        }
        if (ends.size() != 2) {
            throw wrong("an interval has two ends");
        }
        return new Interval(
                number(ends.get(0)).doubleValue(), number(ends.get(1)).doubleValue());
    }

    private Glob glob(List<@Nullable Object> arguments, Map<String, @Nullable Object> options) {
        List<@Nullable Object> both = new ArrayList<>(arguments);
        for (String name : List.of("include", "exclude")) {
            if (options.containsKey(name)) {
                both.add(options.remove(name));
            }
        }
        if (both.isEmpty() || both.size() > 2) {
            throw wrong("glob() takes what to include and what to exclude");
        }
        return new Glob(names(both.get(0)), both.size() > 1 ? names(both.get(1)) : List.of());
    }

    private static List<String> names(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream()
                        .map(item -> String.valueOf(OverrideText.plain(item)))
                        .toList()
                : List.of(String.valueOf(value));
    }

    private OverrideSweep tag(List<@Nullable Object> arguments, Map<String, @Nullable Object> options) {
        Object last = options.containsKey("sweep")
                ? options.remove("sweep")
                : arguments.isEmpty() ? null : arguments.get(arguments.size() - 1);
        if (last instanceof OverrideSweep sweep) {
            return sweep; // tags mean nothing to the sweeper that DVC uses
        }
        throw wrong("the last argument of tag() must be a choice, a range or an interval");
    }

    private @Nullable Object sort(List<@Nullable Object> arguments, Map<String, @Nullable Object> options) {
        boolean reverse = Boolean.TRUE.equals(options.remove("reverse"));
        Object subject = collection("sort", arguments, options);
        if (subject instanceof Choice choice) {
            return new Choice(sorted(choice.values(), reverse), choice.isSimple(), choice.isShuffled());
        }
        if (subject instanceof Range range) {
            return sorted(range, reverse);
        }
        return subject instanceof List<?> list ? sorted(list, reverse) : subject;
    }

    private @Nullable Object collection(
            String name, List<@Nullable Object> arguments, Map<String, @Nullable Object> options) {
        return subject(name, arguments, options, options.containsKey("list") ? "list" : "sweep");
    }

    private List<@Nullable Object> sorted(List<? extends @Nullable Object> values, boolean reverse) {
        Comparator<@Nullable Object> order;
        if (values.stream().allMatch(value -> value instanceof Number || value instanceof Boolean)) {
            order = Comparator.comparingDouble(value -> (Double) toFloat(java.util.Objects.requireNonNull(value)));
        } else if (values.stream().allMatch(String.class::isInstance)) {
            order = Comparator.comparing(String::valueOf);
        } else {
            throw wrong("only numbers or only bare text can be sorted");
        }
        List<@Nullable Object> sorted = new ArrayList<>(values);
        sorted.sort(reverse ? Collections.reverseOrder(order) : order);
        return sorted;
    }

    private static Range sorted(Range range, boolean reverse) {
        BigDecimal start = new BigDecimal(range.start().toString());
        BigDecimal stop = new BigDecimal(range.stop().toString());
        BigDecimal step = new BigDecimal(range.step().toString());
        if (start.compareTo(stop) == 0 || start.compareTo(stop) > 0 == reverse) {
            return range;
        }
        BigDecimal stride = reverse ? step.abs().negate() : step.abs();
        boolean whole = range.isWhole();
        return new Range(
                number(stop.add(stride), whole),
                number(start.add(stride), whole),
                number(step.negate(), whole),
                range.isShuffled());
    }

    private static Number number(BigDecimal value, boolean whole) {
        if (whole) {
            return value.longValueExact();
        }
        return value.doubleValue();
    }

    private @Nullable Object shuffle(List<@Nullable Object> arguments, Map<String, @Nullable Object> options) {
        Object subject = collection("shuffle", arguments, options);
        if (subject instanceof Choice choice) {
            return new Choice(choice.values(), choice.isSimple(), true);
        }
        if (subject instanceof Range range) {
            return new Range(range.start(), range.stop(), range.step(), true);
        }
        return subject instanceof List<?> ? subject : Collections.singletonList(subject);
    }
}

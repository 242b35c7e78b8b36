package dev.cairn.magics.render;

import dev.cairn.store.json.PythonJson;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as DVC prints them in tables: Python's spelling, and numbers shortened in one of two ways. */
final class CellText {
    static final int DEFAULT_PRECISION = 5;
    static final String MISSING = "-";

    private CellText() {}

    /** As {@code exp show} prints: so many significant digits. */
    static String significant(@Nullable Object value, int digits) {
        return text(value, number -> significantDigits(number, digits));
    }

    /** As {@code metrics show} and the diffs print: so many digits behind the point. */
    static String rounded(@Nullable Object value, int digits) {
        return text(value, number -> roundedTo(number, digits));
    }

    /** As Python's {@code str} prints. */
    static String exact(@Nullable Object value) {
        return text(value, CellText::shortest);
    }

    private static String text(@Nullable Object value, DoubleText numbers) {
        return value instanceof CharSequence chars ? chars.toString() : repr(value, numbers);
    }

    private static String repr(@Nullable Object value, DoubleText numbers) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Boolean truth) {
            return truth ? "True" : "False";
        }
        if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
            return numbers.format(((Number) value).doubleValue());
        }
        if (value instanceof List<?> items) {
            return items.stream().map(item -> repr(item, numbers)).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(e -> repr(e.getKey(), numbers) + ": " + repr(e.getValue(), numbers))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value instanceof CharSequence chars ? quoted(chars.toString()) : value.toString();
    }

    private static String quoted(String text) {
        UnaryOperator<String> escape =
                s -> s.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
        boolean single = !text.contains("'") || text.contains("\"");
        return single ? "'" + escape.apply(text).replace("'", "\\'") + "'" : "\"" + escape.apply(text) + "\"";
    }

    private static String shortest(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        return PythonJson.repr(number);
    }

    private static String roundedTo(double number, int digits) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return shortest(number);
        }
        return shortest(
                new BigDecimal(number).setScale(digits, RoundingMode.HALF_EVEN).doubleValue());
    }

    private static String significantDigits(double number, int digits) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return shortest(number);
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        BigDecimal rounded = new BigDecimal(number).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        BigDecimal stripped = rounded.stripTrailingZeros();
        if (exponent >= -4 && exponent < digits) {
            return stripped.toPlainString();
        }
        String mantissa = stripped.movePointLeft(exponent).toPlainString();
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    @FunctionalInterface
    private interface DoubleText {
        String format(double number);
    }
}

package dev.cairn.store.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON byte for byte as Python's {@code json.dumps} does with its defaults: {@code ", "} and {@code ": "}, ASCII only,
 * floats in Python's shortest form. DVC hashes such text, so every character counts.
 *
 * <p>Accepts maps, iterables, character sequences, numbers, booleans and null.
 */
public final class PythonJson {
    private PythonJson() {}

    /** The text of {@code json.dumps(value)}. */
    public static String dumps(@Nullable Object value) {
        return new Writer(false).write(value);
    }

    /** The text of {@code json.dumps(value, sort_keys=True)}. */
    public static String dumpsSorted(@Nullable Object value) {
        return new Writer(true).write(value);
    }

    /** Python's {@code repr} of a float as JSON spells it: {@code 0.1}, {@code 1e-05}, {@code NaN}, {@code Infinity}. */
    public static String repr(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        if (value == 0) {
            return 1 / value > 0 ? "0.0" : "-0.0";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            return (long) value + ".0";
        }
        BigDecimal shortest = shortest(Math.abs(value)).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale();
        return (value < 0 ? "-" : "") + layOut(digits, point);
    }

    /** The shortest decimal that reads back as {@code value}, and of those the nearest to it. */
    private static BigDecimal shortest(double value) {
        if (value >= Double.MIN_NORMAL) {
            // No two decimals of up to 15 digits read as the same number, so there is no shorter one. Java's may have
            // more digits than needed.
            BigDecimal javas = new BigDecimal(Double.toString(value)).stripTrailingZeros();
            if (javas.precision() <= 15) {
                return javas;
            }
        }
        return shortestOf(value);
    }

    private static BigDecimal shortestOf(double value) {
        BigDecimal exact = new BigDecimal(value);
        int integerDigits = exact.precision() - exact.scale();
        for (int digits = 1; digits < 17; digits++) {
            int scale = digits - integerDigits;
            BigDecimal below = exact.setScale(scale, RoundingMode.DOWN);
            BigDecimal above = exact.setScale(scale, RoundingMode.UP);
            boolean belowFits = below.doubleValue() == value;
            boolean aboveFits = above.doubleValue() == value;
            if (belowFits && aboveFits) {
                return exact.setScale(scale, RoundingMode.HALF_EVEN);
            }
            if (belowFits || aboveFits) {
                return belowFits ? below : above;
            }
        }
        return exact.setScale(17 - integerDigits, RoundingMode.HALF_EVEN);
    }

    private static String layOut(String digits, int point) {
        if (point <= -4 || point > 16) {
            String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
            int exponent = point - 1;
            String size = Integer.toString(Math.abs(exponent));
            return mantissa + "e" + (exponent < 0 ? "-" : "+") + (size.length() < 2 ? "0" : "") + size;
        }
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        if (digits.length() <= point) {
            return digits + "0".repeat(point - digits.length()) + ".0";
        }
        return digits.substring(0, point) + "." + digits.substring(point);
    }

    /** Compares strings as Python does, by code point. */
    public static int compareByCodePoint(String a, String b) {
        int end = Math.min(a.length(), b.length());
        for (int i = 0; i < end; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean surrogates = Character.isSurrogate(x) != Character.isSurrogate(y);
                return surrogates ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    private static final class Writer {
        private final boolean sorted;
        private final StringBuilder out = new StringBuilder();

        Writer(boolean sorted) {
            this.sorted = sorted;
        }

        String write(@Nullable Object value) {
            append(value);
            return out.toString();
        }

        private void append(@Nullable Object value) {
            if (value instanceof Map<?, ?> map) {
                appendMap(map);
            } else if (value instanceof Iterable<?> items) {
                appendItems(items);
            } else if (value instanceof CharSequence text) {
                appendString(text);
            } else {
                out.append(scalar(value));
            }
        }

        private void appendMap(Map<?, ?> map) {
            out.append('{');
            String separator = "";
            for (Map.Entry<?, ?> entry : entries(map)) {
                out.append(separator);
                Object key = entry.getKey();
                appendString(key instanceof CharSequence text ? text : scalar(key));
                out.append(": ");
                append(entry.getValue());
                separator = ", ";
            }
            out.append('}');
        }

        private List<Map.Entry<?, ?>> entries(Map<?, ?> map) {
            List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
            if (sorted) {
                entries.sort(Comparator.comparing(Map.Entry::getKey, Writer::compareKeys));
            }
            return entries;
        }

        private static int compareKeys(@Nullable Object a, @Nullable Object b) {
            if (a instanceof Number && b instanceof Number) {
                return new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString()));
            }
            return compareByCodePoint(String.valueOf(a), String.valueOf(b));
        }

        private void appendItems(Iterable<?> items) {
            out.append('[');
            String separator = "";
            for (Object item : items) {
                out.append(separator);
                append(item);
                separator = ", ";
            }
            out.append(']');
        }

        private static String scalar(@Nullable Object value) {
            if (value == null || value instanceof Boolean) {
                return String.valueOf(value);
            }
            if (value instanceof Double || value instanceof Float) {
                return repr(((Number) value).doubleValue());
            }
            if (value instanceof BigDecimal decimal) {
                return repr(decimal.doubleValue());
            }
            if (value instanceof Integer
                    || value instanceof Long
                    || value instanceof BigInteger
                    || value instanceof Short
                    || value instanceof Byte) {
                return value.toString();
            }
            throw new IllegalArgumentException(
                    "Object of type " + value.getClass().getName() + " is not JSON serializable");
        }

        private void appendString(CharSequence text) {
            out.append('"');
            for (int i = 0; i < text.length(); i++) {
                appendChar(text.charAt(i));
            }
            out.append('"');
        }

        private void appendChar(char c) {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\f' -> out.append("\\f");
                case '\b' -> out.append("\\b");
                default -> {
                    if (c >= ' ' && c <= '~') {
                        out.append(c);
                    } else {
                        out.append("\\u").append(String.format("%04x", (int) c));
                    }
                }
            }
        }
    }
}

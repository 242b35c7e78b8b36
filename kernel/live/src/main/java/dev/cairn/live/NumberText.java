package dev.cairn.live;

import java.math.BigDecimal;

/** Numbers as Python writes them, so that the files are DVCLive's to the byte. */
final class NumberText {
    private NumberText() {}

    /** For tables: {@code 0.25}, {@code 1e-07}, {@code 3}, {@code nan}, {@code -inf}. */
    static String plain(Number number) {
        if (!(number instanceof Double || number instanceof Float)) {
            return number.toString();
        }
        double value = number.doubleValue();
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        return decimal(value, number.toString());
    }

    /** For JSON, with the two words outside the standard that Python and Jackson both read. */
    static String json(Number number) {
        return switch (plain(number)) {
            case "nan" -> "NaN";
            case "inf" -> "Infinity";
            case "-inf" -> "-Infinity";
            default -> plain(number);
        };
    }

    /** For YAML 1.2. */
    static String yaml(Number number) {
        return switch (plain(number)) {
            case "nan" -> ".nan";
            case "inf" -> ".inf";
            case "-inf" -> "-.inf";
            default -> plain(number);
        };
    }

    private static String decimal(double value, String shortest) {
        double size = Math.abs(value);
        if (value == 0 || (size >= 1e-4 && size < 1e16)) {
            String plain = value == 0
                    ? shortest
                    : new BigDecimal(shortest).stripTrailingZeros().toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        BigDecimal exact = new BigDecimal(shortest).stripTrailingZeros();
        String digits = exact.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - exact.scale();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return (value < 0 ? "-" : "") + mantissa + "e" + (exponent < 0 ? "-" : "+")
                + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }
}

package dev.cairn.engine.reproduce;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Equality of parameter values as Python has it: {@code 1 == 1.0}, and {@code nan} equals nothing. */
final class ValueEquality {
    private ValueEquality() {}

    static boolean areEqual(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return equalNumbers(x, y);
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            if (x.size() != y.size()) {
                return false;
            }
            for (int i = 0; i < x.size(); i++) {
                if (!areEqual(x.get(i), y.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            return x.keySet().equals(y.keySet()) && x.keySet().stream().allMatch(k -> areEqual(x.get(k), y.get(k)));
        }
        return Objects.equals(a, b);
    }

    private static boolean equalNumbers(Number a, Number b) {
        boolean special = isSpecial(a) || isSpecial(b);
        return special ? a.doubleValue() == b.doubleValue() : decimal(a).compareTo(decimal(b)) == 0;
    }

    private static boolean isSpecial(Number number) {
        return number instanceof Double value && (value.isNaN() || value.isInfinite());
    }

    private static BigDecimal decimal(Number number) {
        if (number instanceof BigInteger big) {
            return new BigDecimal(big);
        }
        return number instanceof Double value ? new BigDecimal(value) : BigDecimal.valueOf(number.longValue());
    }
}

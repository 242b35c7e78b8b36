package dev.cairn.engine.metric;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Arithmetic of metric values as Python does it: a boolean is 0 or 1, whole numbers are exact. */
final class Numbers {
    private Numbers() {}

    static boolean equal(@Nullable Object a, @Nullable Object b) {
        Number left = number(a);
        Number right = number(b);
        if (left == null || right == null) {
            return left == null && right == null && PythonText.repr(a).equals(PythonText.repr(b));
        }
        if (isFinite(left) && isFinite(right)) {
            return exact(left).compareTo(exact(right)) == 0;
        }
        return left.doubleValue() == right.doubleValue();
    }

    /** {@code after - before}, or null when one of them is no number. */
    static @Nullable Number difference(@Nullable Object before, @Nullable Object after) {
        Number old = number(before);
        Number now = number(after);
        if (old == null || now == null) {
            return null;
        }
        if (isWhole(old) && isWhole(now)) {
            BigInteger difference =
                    exact(now).toBigInteger().subtract(exact(old).toBigInteger());
            return difference.bitLength() < Long.SIZE ? (Number) difference.longValue() : difference;
        }
        return now.doubleValue() - old.doubleValue();
    }

    private static @Nullable Number number(@Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        return value instanceof Number number ? number : null;
    }

    private static boolean isWhole(Number number) {
        return number instanceof Long || number instanceof Integer || number instanceof BigInteger;
    }

    private static boolean isFinite(Number number) {
        return isWhole(number) || Double.isFinite(number.doubleValue());
    }

    private static BigDecimal exact(Number number) {
        if (number instanceof BigInteger big) {
            return new BigDecimal(big);
        }
        return isWhole(number) ? BigDecimal.valueOf(number.longValue()) : new BigDecimal(number.doubleValue());
    }
}

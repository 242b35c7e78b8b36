package dev.cairn.engine.params;

import dev.cairn.engine.error.EngineException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Several values of one parameter, each for an experiment of its own. */
sealed interface OverrideSweep {
    /** What can be told one by one: {@code 1,2}, {@code choice(1,2)}. */
    record Choice(List<@Nullable Object> values, boolean isSimple, boolean isShuffled) implements OverrideSweep {
        static Choice simple(List<? extends @Nullable Object> values) {
            return new Choice(new ArrayList<>(values), true, false);
        }
    }

    /** From a start in steps to a stop, which is not in it. */
    record Range(Number start, Number stop, Number step, boolean isShuffled) implements OverrideSweep {
        boolean isWhole() {
            return isWhole(start) && isWhole(stop) && isWhole(step);
        }

        private static boolean isWhole(Number number) {
            return number instanceof Long || number instanceof BigInteger;
        }
    }

    /** Everything between two numbers. It has no end, so that no sweep can be made of it. */
    record Interval(double start, double end) implements OverrideSweep {}

    /** The options of a group whose names match. */
    record Glob(List<String> include, List<String> exclude) implements OverrideSweep {}

    /**
     * The values, one by one.
     *
     * @param override as typed, for the message
     * @param random for {@code shuffle}
     * @throws EngineException when they cannot be told
     */
    default List<@Nullable Object> values(String override, Random random) {
        if (this instanceof Choice choice) {
            if (choice.values().stream().anyMatch(OverrideSweep.class::isInstance)) {
                throw ParameterOverride.invalid(override, "a sweep within a sweep");
            }
            return shuffled(choice.values(), choice.isShuffled(), random);
        }
        if (this instanceof Range range) {
            return shuffled(steps(override, range), range.isShuffled(), random);
        }
        if (this instanceof Glob) {
            throw new EngineException(
                    "Glob override '%s' is not supported.".formatted(override), "Name the values: choice(a, b).");
        }
        throw new EngineException(
                "Sweep override '%s' is not supported: an interval has no end of values.".formatted(override),
                "Name the values: choice(1, 2) or range(1, 4).");
    }

    private static List<@Nullable Object> shuffled(List<@Nullable Object> values, boolean isShuffled, Random random) {
        if (!isShuffled) {
            return values;
        }
        List<@Nullable Object> mixed = new ArrayList<>(values);
        Collections.shuffle(mixed, random);
        return mixed;
    }

    /** Fractions are added as Python's decimals are, with 28 digits, so that the same values come out. */
    private static List<@Nullable Object> steps(String override, Range range) {
        boolean whole = range.isWhole();
        BigDecimal stop = decimal(range.stop());
        BigDecimal step = decimal(range.step());
        if (step.signum() == 0) {
            throw ParameterOverride.invalid(override, "a range needs steps that are not 0");
        }
        List<@Nullable Object> values = new ArrayList<>();
        BigDecimal at = decimal(range.start());
        while (at.compareTo(stop) * step.signum() < 0) {
            values.add(whole ? (Object) at.longValueExact() : (Object) at.doubleValue());
            at = at.add(step, DIGITS);
        }
        return values;
    }

    /** The precision of Python's decimals. */
    MathContext DIGITS = new MathContext(28, java.math.RoundingMode.HALF_EVEN);

    private static BigDecimal decimal(Number number) {
        return number instanceof Double fraction ? new BigDecimal(fraction) : new BigDecimal(number.toString());
    }
}

package dev.cairn.jupyter.magic;

import java.util.ArrayList;
import java.util.List;

/** Times code over and over. Public because the code that {@code %timeit} makes calls it. */
public final class Timeit {
    private static final long ENOUGH_NANOS = 100_000_000;
    private static final long MOST_LOOPS = 1_000_000_000;

    private Timeit() {}

    /** The code, in a loop. */
    @FunctionalInterface
    public interface Loop {
        /** Runs the code that often, and gives the nanoseconds it took. */
        long run(long loops, Kept kept) throws Throwable;
    }

    /** Takes the values of what is timed, lest the compiler finds that nobody needs them. */
    public static final class Kept {
        private long bits;
        private int hash;

        /** Takes a whole number or a character. */
        public void keep(long value) {
            bits ^= value;
        }

        /** Takes a number. */
        public void keep(double value) {
            bits ^= Double.doubleToRawLongBits(value);
        }

        /** Takes a truth value. */
        public void keep(boolean value) {
            bits ^= value ? 1 : 0;
        }

        /** Takes an object. */
        public void keep(Object value) {
            hash ^= System.identityHashCode(value);
        }

        @Override
        public String toString() {
            return bits + ":" + hash;
        }
    }

    /** Measures; with no loops given, as many as make a run long enough to be measured well. */
    public static TimeitResult measure(long loops, int runs, Loop loop) throws Throwable {
        var kept = new Kept();
        long loopsEach = loops > 0 ? loops : enoughLoops(loop, kept);
        List<Double> nanos = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            checkInterrupt();
            nanos.add((double) loop.run(loopsEach, kept) / loopsEach);
        }
        return new TimeitResult(loopsEach, nanos);
    }

    private static long enoughLoops(Loop loop, Kept kept) throws Throwable {
        long loops = 1;
        while (loops < MOST_LOOPS && loop.run(loops, kept) < ENOUGH_NANOS) {
            checkInterrupt();
            loops *= 10;
        }
        return loops;
    }

    private static void checkInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("Interrupted between two runs");
        }
    }
}

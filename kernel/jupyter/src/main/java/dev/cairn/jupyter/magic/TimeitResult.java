package dev.cairn.jupyter.magic;

import java.util.List;
import java.util.Locale;

/**
 * What {@code %timeit} measured.
 *
 * @param loops how often the code ran in one run
 * @param nanosPerLoop for each run, the time of one loop
 */
public record TimeitResult(long loops, List<Double> nanosPerLoop) {
    public TimeitResult {
        nanosPerLoop = List.copyOf(nanosPerLoop);
    }

    /** Nanoseconds of a loop in the quickest run. */
    public double best() {
        return nanosPerLoop.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    /** Nanoseconds of a loop on average. */
    public double mean() {
        return nanosPerLoop.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** Standard deviation of the runs, in nanoseconds. */
    public double deviation() {
        double mean = mean();
        return Math.sqrt(nanosPerLoop.stream()
                .mapToDouble(nanos -> (nanos - mean) * (nanos - mean))
                .average()
                .orElse(Double.NaN));
    }

    @Override
    public String toString() {
        String loopsEach = loops == 1 ? "1 loop each" : String.format(Locale.ROOT, "%,d loops each", loops);
        String runs = nanosPerLoop.size() == 1 ? "1 run" : nanosPerLoop.size() + " runs";
        return "%s ± %s per loop (mean ± std. dev. of %s, %s), best %s"
                .formatted(
                        Durations.text(mean()), Durations.text(deviation()), runs, loopsEach, Durations.text(best()));
    }
}
